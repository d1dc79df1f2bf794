# check: error deadlock line=10 preemptions=0 interrupts=0
# A way out that forgets the lock: who comes next waits for ever.
import _thread

lock = _thread.allocate_lock()
items = []


def take():
    lock.acquire()
    if len(items) == 0:
        return None
    item = items.pop()
    lock.release()
    return item


_thread.start_new_thread(take, ())
_thread.start_new_thread(take, ())
