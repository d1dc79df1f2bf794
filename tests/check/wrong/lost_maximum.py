# check: error lost-update line=11 preemptions=1 interrupts=0
# The greatest so far. Fails when one is interrupted between the comparison and the writing.
import _thread

best = 0


def offer(value):
    global best
    if value > best:
        best = value


_thread.start_new_thread(offer, (3,))
_thread.start_new_thread(offer, (5,))
