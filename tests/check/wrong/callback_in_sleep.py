# check: error assertion line=12 preemptions=1 interrupts=0
# The main thread sleeps, and runs the scheduled callback meanwhile, between two writes of another thread.
import _thread
import micropython
import time

x = 0
y = 0


def callback(_):
    assert x == y


def work():
    global x, y
    micropython.schedule(callback, None)
    x = 1
    y = 1


_thread.start_new_thread(work, ())
time.sleep_ms(100)
