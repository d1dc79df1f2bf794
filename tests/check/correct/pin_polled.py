# check: clean complete
# Two threads wait, one for a pin's level, which comes from outside, and the other for the first one.
import _thread
import machine

button = machine.Pin("X1", machine.Pin.IN)
lock = _thread.allocate_lock()


def work():
    with lock:
        while button.value() == 0:
            pass


_thread.start_new_thread(work, ())
with lock:
    pass
