# check: error lost-update line=13 preemptions=1 interrupts=0
# As long as there is something to do, it is marked as done. Fails when one is interrupted between the condition and the
# mark: both have done it.
import _thread

left = 1


def work():
    global left
    while left != 0:
        print("works")
        left = 0


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
