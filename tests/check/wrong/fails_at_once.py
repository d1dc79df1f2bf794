# check: error exception line=8 preemptions=0 interrupts=0
# check: executions=1
# A thread fails before it touches anything that others use: on every schedule.
import _thread


def work(amount):
    1 // amount


_thread.start_new_thread(work, (1,))
_thread.start_new_thread(work, (0,))
