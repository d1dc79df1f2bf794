# check: clean complete executions=2
# A counter in a closure, with its lock beside it.
import _thread
import heddle


def make_counter():
    lock = _thread.allocate_lock()
    n = 0

    def add():
        nonlocal n
        with lock:
            n += 1

    def value():
        return n

    return add, value


add, value = make_counter()


def check():
    assert value() == 2


heddle.at_end(check)
_thread.start_new_thread(add, ())
_thread.start_new_thread(add, ())
