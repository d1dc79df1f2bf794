# check: error lost-update line=12,17 preemptions=1 interrupts=0
# A scheduled callback and a thread increment, and each may come between the other's reading and writing.
import _thread
import micropython
import time

v = 0


def callback(_):
    global v
    v += 1


def work():
    global v
    v += 1


_thread.start_new_thread(work, ())
micropython.schedule(callback, None)
time.sleep_ms(1)
