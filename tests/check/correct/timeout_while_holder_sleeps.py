# check: clean complete executions=2
# The clock moves to the next deadline when nobody can go on: a limit of 100 ms ends before a sleep of 200 ms, and one
# of 300 ms after it. Two orders of who takes the lock first.
import _thread
import time

LONGER = 300
lock = _thread.allocate_lock()
taken = []


def slow():
    with lock:
        time.sleep_ms(200)


def hurried():
    if not lock.acquire(1, 0.1):
        assert time.ticks_ms() < 200
        assert lock.acquire(1, LONGER / 1000)
        assert time.ticks_ms() >= 200
    lock.release()


_thread.start_new_thread(slow, ())
_thread.start_new_thread(hurried, ())
