# check: clean complete
# check: warning lock-order line=12,18
# One thread takes two locks in one order, and then starts another that takes them in the other: they never meet.
import _thread

first = _thread.allocate_lock()
second = _thread.allocate_lock()


def back():
    with second:
        with first:
            pass


def forth():
    with first:
        with second:
            pass
    _thread.start_new_thread(back, ())


_thread.start_new_thread(forth, ())
