# check: error lost-update line=12 preemptions=1 interrupts=0
# A lock made of a flag. Fails when one has found it free and is interrupted before it takes it.
import _thread

taken = False


def work():
    global taken
    while taken:
        pass
    taken = True
    taken = False


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
