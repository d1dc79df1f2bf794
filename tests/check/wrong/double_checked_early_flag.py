# check: error assertion line=17 preemptions=1 interrupts=0
# Double-checked initialisation that sets the flag first. Fails when the maker is interrupted between flag and value.
import _thread

lock = _thread.allocate_lock()
ready = False
value = None


def use():
    global ready, value
    if not ready:
        with lock:
            if not ready:
                ready = True
                value = 42
    assert value == 42


_thread.start_new_thread(use, ())
_thread.start_new_thread(use, ())
