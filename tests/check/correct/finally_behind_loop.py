# check: clean complete
# check: maybe data-race
# A loop that waits, in a block with `finally`.
import _thread

ready = False
lock = _thread.allocate_lock()


def wait():
    try:
        while not ready:
            pass
    finally:
        with lock:
            pass


def work():
    global ready
    try:
        with lock:
            pass
    finally:
        ready = True


_thread.start_new_thread(wait, ())
_thread.start_new_thread(work, ())
