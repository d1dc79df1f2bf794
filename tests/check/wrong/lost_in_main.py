# check: error lost-update line=10 preemptions=1 interrupts=0
# The main thread increments too. Fails when it is interrupted by the thread it has started.
import _thread

v = 0


def add():
    global v
    v += 1


_thread.start_new_thread(add, ())
add()
