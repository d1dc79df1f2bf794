# check: clean complete
# check: warning lock-order line=14,21
# Two locks in both orders, but always within a third one: no execution blocks. Without the third one they would.
import _thread

gate = _thread.allocate_lock()
first = _thread.allocate_lock()
second = _thread.allocate_lock()


def forth():
    with gate:
        with first:
            with second:
                pass


def back():
    with gate:
        with second:
            with first:
                pass


_thread.start_new_thread(forth, ())
_thread.start_new_thread(back, ())
