# check: error deadlock line=10 preemptions=0 interrupts=0
# An exception jumps over the release: who comes next waits for ever.
import _thread

lock = _thread.allocate_lock()


def work(divisor):
    try:
        lock.acquire()
        result = 1 // divisor
        lock.release()
        return result
    except ZeroDivisionError:
        return None


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
