# check: clean complete
# A thread that sleeps for ever is a service: the end does not wait for it, and it is no deadlock.
import _thread
import time

lock = _thread.allocate_lock()
v = 0


def serve():
    while True:
        time.sleep_ms(100)


def work():
    global v
    with lock:
        v += 1


_thread.start_new_thread(serve, ())
_thread.start_new_thread(work, ())
