# check: error lost-update line=13,18 preemptions=1 interrupts=0
# Only one side takes the mutex. Fails when one is interrupted in the middle of its increment.
import _thread
import mutex

m = mutex.Mutex()
v = 0


def careful():
    global v
    with m:
        v += 1


def careless():
    global v
    v += 1


_thread.start_new_thread(careful, ())
_thread.start_new_thread(careless, ())
