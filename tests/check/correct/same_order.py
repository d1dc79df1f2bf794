# check: clean complete executions=2
# Two locks that everybody takes in the same order.
import _thread

first = _thread.allocate_lock()
second = _thread.allocate_lock()
v = 0


def work():
    global v
    with first:
        with second:
            v += 1


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
