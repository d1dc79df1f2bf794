# check: clean complete executions=2
# Two stages of an update in one section; sampled/twostage.py lets the lock go between them.
import _thread

lock = _thread.allocate_lock()
first = second = 0


def update():
    global first, second
    with lock:
        first = 1
        second = first + 1


def look():
    with lock:
        if first != 0:
            assert second == first + 1


_thread.start_new_thread(update, ())
_thread.start_new_thread(look, ())
