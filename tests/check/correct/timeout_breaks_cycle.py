# check: clean complete executions=3
# check: maybe lock-order
# Two locks in opposite orders; one side waits for so long only, and lets go of what it has.
import _thread

first = _thread.allocate_lock()
second = _thread.allocate_lock()
v = 0


def patient():
    global v
    with first:
        with second:
            v += 1


def hurried():
    global v
    with second:
        if first.acquire(1, 0.1):
            v += 1
            first.release()


_thread.start_new_thread(patient, ())
_thread.start_new_thread(hurried, ())
