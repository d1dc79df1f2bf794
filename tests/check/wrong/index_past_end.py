# check: error exception line=14 preemptions=1 interrupts=0
# The place is looked at before the lock, and used within it. Fails when another one fills the last place between.
import _thread

lock = _thread.allocate_lock()
items = [None] * 1
used = 0


def put(item):
    global used
    if used < len(items):
        with lock:
            items[used] = item
            used += 1


_thread.start_new_thread(put, (1,))
_thread.start_new_thread(put, (2,))
