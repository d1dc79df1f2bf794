# check: error lost-update line=13,19 preemptions=1 interrupts=0
# Each side holds a lock, but not the same one. Fails when one is interrupted in the middle of its increment.
import _thread

one = _thread.allocate_lock()
other = _thread.allocate_lock()
v = 0


def add():
    global v
    with one:
        v += 1


def subtract():
    global v
    with other:
        v -= 1


_thread.start_new_thread(add, ())
_thread.start_new_thread(subtract, ())
