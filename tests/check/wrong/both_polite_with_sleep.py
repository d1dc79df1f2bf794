# check: error livelock line=11,12 preemptions=1 interrupts=0
# The same with a pause between two looks.
import _thread
import time

wants = [False, False]


def work(me):
    wants[me] = True
    while wants[1 - me]:
        time.sleep(0)
    wants[me] = False


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
