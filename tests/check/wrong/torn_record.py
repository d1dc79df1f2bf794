# check: error assertion line=15 preemptions=1 interrupts=0
# A record of two fields without a lock. Fails when the writer is interrupted between them.
import _thread

low = high = 0


def write():
    global low, high
    low = 1
    high = 1


def read():
    assert low == high


_thread.start_new_thread(write, ())
_thread.start_new_thread(read, ())
