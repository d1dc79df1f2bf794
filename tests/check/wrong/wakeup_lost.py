# check: error deadlock line=14 preemptions=1 interrupts=0
# The sleeper looks, says that it waits, and waits. Fails when it is interrupted after it has looked: nobody wakes it.
import _thread

wake = _thread.allocate_lock()
wake.acquire()
ready = waiting = False


def sleeper():
    global waiting
    if not ready:
        waiting = True
        wake.acquire()


def waker():
    global ready
    ready = True
    if waiting:
        wake.release()


_thread.start_new_thread(sleeper, ())
_thread.start_new_thread(waker, ())
