# check: clean complete executions=4
# options: --timing any
# A timeout that may come at any time, and is handled each time.
import _thread
import heddle

lock = _thread.allocate_lock()
v = 0
given_up = [0, 0]


def work(i):
    global v
    if lock.acquire(1, 0.5):
        v += 1
        lock.release()
    else:
        given_up[i] = 1


def check():
    assert v + sum(given_up) == 2


heddle.at_end(check)
_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
