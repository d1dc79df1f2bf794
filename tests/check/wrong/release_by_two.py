# check: error lock-misuse line=11 preemptions=1 interrupts=0
# Two threads wake somebody if it has not happened yet. Fails when one is interrupted after it has looked.
import _thread

gate = _thread.allocate_lock()
gate.acquire()


def wake():
    if gate.locked():
        gate.release()


_thread.start_new_thread(wake, ())
_thread.start_new_thread(wake, ())
