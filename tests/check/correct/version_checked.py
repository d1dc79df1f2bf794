# check: clean complete
# Compare and exchange of a number that only grows: nobody takes an old state for the new one (wrong/aba.py does).
import _thread
import heddle

lock = _thread.allocate_lock()
state = (0, 0)


def exchange(old, value):
    global state
    with lock:
        if state != old:
            return False
        state = (value, old[1] + 1)
        return True


def add():
    done = False
    while not done:
        with lock:
            old = state
        done = exchange(old, old[0] + 1)


def check():
    assert state == (2, 2)


heddle.at_end(check)
_thread.start_new_thread(add, ())
_thread.start_new_thread(add, ())
