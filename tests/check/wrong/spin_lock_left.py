# check: error lost-update line=18 preemptions=1 interrupts=0
# A lock made of a flag, whose wait is left in the middle. Fails when one has found it free and is interrupted before it
# takes it.
import _thread

taken = False


def wait():
    while True:
        if not taken:
            return


def work():
    global taken
    wait()
    taken = True
    taken = False


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
