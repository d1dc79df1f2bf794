# check: error assertion line=21 preemptions=0 interrupts=0
# Values handed round a ring, in an order that nobody has made sure of. Fails when the first runs and then the checker.
import _thread

lock = _thread.allocate_lock()
x = [1, 1, 1]


def start():
    with lock:
        x[0] = (x[2] + 1) % 4


def hand_on(i):
    with lock:
        x[i] = x[i - 1]


def look():
    with lock:
        assert x[0] == x[1] == x[2]


_thread.start_new_thread(start, ())
_thread.start_new_thread(hand_on, (1,))
_thread.start_new_thread(hand_on, (2,))
_thread.start_new_thread(look, ())
