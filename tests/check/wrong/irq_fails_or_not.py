# options: --irqs 1
# check: executions=5
# check: error exception line=14,19
# The handlers divide by zero once the thread has run. Where they do not, they go on and write what the other one reads.
import _thread
import pyb

free = 1
last = 0


def tick(timer):
    global last
    last = (last + 1) // free


def divide(timer):
    global last
    last = (2 * last + 3) // free


def work():
    global free
    free = 0


pyb.Timer(4).init(freq=1000, callback=tick)
pyb.Timer(5).init(freq=1000, callback=divide)
_thread.start_new_thread(work, ())
