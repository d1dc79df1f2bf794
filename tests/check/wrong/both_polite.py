# check: error livelock line=10 preemptions=1 interrupts=0
# Each says that it wants, and lets the other go first. Fails when both have said it.
import _thread

wants = [False, False]


def work(me):
    wants[me] = True
    while wants[1 - me]:
        pass
    wants[me] = False


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
