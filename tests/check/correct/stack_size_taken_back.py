# check: clean complete executions=2
# What an execution sets outside of Python's heap is as at first in the next one.
import _thread

assert _thread.stack_size(8192) == 0
lock = _thread.allocate_lock()
v = 0


def work():
    global v
    with lock:
        v = v + 1


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
