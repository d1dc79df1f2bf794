# check: error assertion line=13 preemptions=1 interrupts=0
# options: --timing any
# A limit of time that looks long enough. Fails when the holder is interrupted in its section, and the limit passes.
import _thread

lock = _thread.allocate_lock()
v = 0


def work():
    global v
    taken = lock.acquire(1, 10)
    assert taken
    v += 1
    lock.release()


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
