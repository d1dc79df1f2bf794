# check: error lost-update line=10 preemptions=1 interrupts=0
# A list of numbers is made anew from what was there. Fails when one is interrupted before it has put it there.
import _thread

numbers = [1, 2]


def work():
    global numbers
    numbers = [number + 1 for number in numbers]


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
