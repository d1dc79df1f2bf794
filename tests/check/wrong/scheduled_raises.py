# check: error exception line=8 preemptions=0 interrupts=0
# A scheduled callback ends by an exception that nobody catches.
import micropython
import time


def callback(divisor):
    return 1 // divisor


micropython.schedule(callback, 0)
time.sleep_ms(1)
