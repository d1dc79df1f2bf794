# options: --irqs 1
# check: clean complete executions=3
# check: maybe data-race
# Which item the first handler writes, and so whether it comes before or after the second one, follows from what the
# thread has done.
import _thread
import pyb

chosen = 0
items = [0, 0]


def tick(timer):
    items[chosen] = 5


def tick_too(timer):
    items[1] = 6


def work():
    global chosen
    chosen = 1


pyb.Timer(4).init(freq=1000, callback=tick)
pyb.Timer(5).init(freq=1000, callback=tick_too)
_thread.start_new_thread(work, ())
