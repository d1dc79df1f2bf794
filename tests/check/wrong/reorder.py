# check: error assertion line=15 preemptions=1 interrupts=0
# Somebody sees the second write without the third. Fails when the setter is interrupted between its two.
import _thread

a = b = 0


def write():
    global a, b
    a = 1
    b = -1


def look():
    assert (a == 0 and b == 0) or (a == 1 and b == -1)


_thread.start_new_thread(write, ())
_thread.start_new_thread(write, ())
_thread.start_new_thread(look, ())
