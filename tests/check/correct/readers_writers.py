# check: clean complete
# check: maybe lock-order
# Readers and writers: the first reader takes the resource for all of them, the last one lets it go.
import _thread

count_lock = _thread.allocate_lock()
resource = _thread.allocate_lock()
readers = 0
first = second = 0


def read():
    global readers
    with count_lock:
        readers += 1
        if readers == 1:
            resource.acquire()
    assert first == second
    with count_lock:
        readers -= 1
        if readers == 0:
            resource.release()


def write():
    global first, second
    with resource:
        first += 1
        second += 1


_thread.start_new_thread(read, ())
_thread.start_new_thread(read, ())
_thread.start_new_thread(write, ())
