# check: clean complete
# Handlers of two timers of the same priority never interrupt each other, so neither loses an increment.
import pyb

v = 0
first = second = 0


def tick_first(timer):
    global v, first
    v += 1
    first += 1


def tick_second(timer):
    global v, second
    v += 1
    second += 1


one = pyb.Timer(4, freq=1000, callback=tick_first)
two = pyb.Timer(5, freq=1000, callback=tick_second)
one.deinit()
two.deinit()
assert v == first + second
