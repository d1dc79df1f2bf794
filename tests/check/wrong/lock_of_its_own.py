# check: error lost-update line=12 preemptions=1 interrupts=0
# Each thread makes a new lock for itself. Fails when one is interrupted in the middle of its increment.
import _thread

v = 0


def add():
    global v
    lock = _thread.allocate_lock()
    with lock:
        v += 1


_thread.start_new_thread(add, ())
_thread.start_new_thread(add, ())
