# check: error livelock|deadlock line=9,10 preemptions=0 interrupts=0
# A thread waits in a loop for what nobody does.
import _thread

ready = False


def work():
    while not ready:
        pass


_thread.start_new_thread(work, ())
