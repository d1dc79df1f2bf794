# check: clean complete executions=2
# A thread that ends itself within `with` lets the lock go, and its end is no error.
import _thread

lock = _thread.allocate_lock()
v = 0


def work(number):
    global v
    with lock:
        v += 1
        if number == 0:
            _thread.exit()


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
