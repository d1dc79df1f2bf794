# check: clean complete executions=4
# check: maybe data-race
# Double-checked initialisation, right: looked at again under the lock, and the flag is set last.
import _thread
import heddle

lock = _thread.allocate_lock()
ready = False
value = None
made = 0


def use():
    global ready, value, made
    if not ready:
        with lock:
            if not ready:
                value = 42
                made += 1
                ready = True
    assert value == 42


def check():
    assert made == 1


heddle.at_end(check)
_thread.start_new_thread(use, ())
_thread.start_new_thread(use, ())
