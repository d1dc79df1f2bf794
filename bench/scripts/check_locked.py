# Two threads of one locked increment.
import _thread

lock = _thread.allocate_lock()
value = 0


def increment(lock):
    global value
    with lock:
        value += 1


for _ in range(2):
    _thread.start_new_thread(increment, (lock,))
