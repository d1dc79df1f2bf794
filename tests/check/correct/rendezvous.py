# check: clean complete executions=1
# check: maybe lock-misuse
# Each tells the other that it is there, and then waits for the other.
import _thread

left_there = _thread.allocate_lock()
right_there = _thread.allocate_lock()
left_there.acquire()
right_there.acquire()
values = [0, 0]


def left():
    values[0] = 1
    left_there.release()
    right_there.acquire()
    assert values[1] == 1


def right():
    values[1] = 1
    right_there.release()
    left_there.acquire()
    assert values[0] == 1


_thread.start_new_thread(left, ())
_thread.start_new_thread(right, ())
