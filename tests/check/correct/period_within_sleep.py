# check: clean complete
# check: maybe data-race
# A periodic timer has fired at least once when a sleep of several periods ends.
import pyb
import time

ticks = 0


def tick(timer):
    global ticks
    ticks += 1


pyb.Timer(4, freq=1000, callback=tick)
time.sleep_ms(20)
assert ticks
