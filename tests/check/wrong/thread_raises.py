# check: error exception line=7 preemptions=0 interrupts=0
# A thread ends by an exception that nobody catches: an error on every schedule.
import _thread


def work(n):
    return 1 // n


_thread.start_new_thread(work, (0,))
