# check: error lost-update line=17 preemptions=1 interrupts=0
# Who finds the seat free takes it; it looks in one function and takes in another. Fails when one is interrupted between
# the two.
import _thread

seat = None


def is_free():
    return seat is None


def take(me):
    global seat
    if not is_free():
        return
    seat = me


_thread.start_new_thread(take, (1,))
_thread.start_new_thread(take, (2,))
