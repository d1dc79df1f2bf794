# check: clean complete executions=14
# A scheduled callback waits for a lock that another thread holds, which goes on meanwhile. The main thread runs it before
# or after the other's section; or the other thread does, at its end; or it is scheduled after the section. Each thread looks
# for calls where it begins to wait, at its jumps and where it ends: before this one comes, while it runs or after it.
import _thread
import heddle
import micropython
import time

lock = _thread.allocate_lock()
v = 0


def callback(_):
    global v
    with lock:
        v += 1


def work():
    global v
    with lock:
        v += 1


def check():
    assert v == 2


heddle.at_end(check)
_thread.start_new_thread(work, ())
micropython.schedule(callback, None)
time.sleep_ms(1)
