# check: clean complete executions=2
# options: --timing any
# Whichever sleep ends first, a lock keeps the increments apart.
import _thread
import heddle
import time

lock = _thread.allocate_lock()
v = 0


def work(pause):
    global v
    time.sleep_ms(pause)
    with lock:
        v += 1


def check():
    assert v == 2


heddle.at_end(check)
_thread.start_new_thread(work, (10,))
_thread.start_new_thread(work, (1000,))
