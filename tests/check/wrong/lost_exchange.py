# check: error lost-update line=9 preemptions=1 interrupts=0
# Two threads exchange the same two items. Fails when one is interrupted between the reading and the writing.
import _thread

pair = [1, 2]


def exchange():
    pair[0], pair[1] = pair[1], pair[0]


_thread.start_new_thread(exchange, ())
_thread.start_new_thread(exchange, ())
