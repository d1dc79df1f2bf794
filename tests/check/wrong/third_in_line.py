# check: error assertion line=17 preemptions=0 interrupts=0
# Each section is locked, and the order is left to chance. Fails when the third comes after the other two.
import _thread

lock = _thread.allocate_lock()
data = 0


def add(amount):
    global data
    with lock:
        data += amount


def look():
    with lock:
        assert data < 3


_thread.start_new_thread(add, (1,))
_thread.start_new_thread(add, (2,))
_thread.start_new_thread(look, ())
