# check: error lost-update line=13,20
# check: executions=9
# The main thread has ended when the call is scheduled: it runs there at any time, also amid what the thread does.
import _thread
import micropython
import time

n = 0


def call(value):
    global n
    n += 1


def work():
    global n
    time.sleep_ms(1)
    micropython.schedule(call, 1)
    n += 4


_thread.start_new_thread(work, ())
