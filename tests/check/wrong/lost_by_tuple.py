# check: error lost-update line=14 preemptions=1 interrupts=0
# Both numbers are read into a tuple and written from it. Fails when one is interrupted between the two.
import _thread

low = high = 0


def step():
    global low
    pair = (low, high)
    written = []
    for number in pair:
        written.append(number + 1)
    low = written[0]


_thread.start_new_thread(step, ())
_thread.start_new_thread(step, ())
