# check: error lost-update line=15 preemptions=1 interrupts=0
# check: executions=6
# An object is one and the same in whichever order threads get their memory: no execution comes twice. 3 places for the
# write of v beside the read and the write of count(), times 2 orders of w's write and its read.
#
# One thread reads v; the other one writes it; the first writes what it has computed.
import _thread

v = w = 0
lock = _thread.allocate_lock()


def count():
    global v
    v = v + 1


def look():
    seen = w
    own = {}
    own[0] = seen


def write():
    global v, w
    own = bytearray(40)
    own[0] = 5
    v = 5
    with lock:
        w = w + 1


_thread.start_new_thread(count, ())
_thread.start_new_thread(look, ())
_thread.start_new_thread(write, ())
