# check: error assertion line=20
# check: maybe data-race
# A main loop that never ends, as on a board: it has turns before the interrupts, between them, and after the last.
import pyb
import time

n = 0
seen = 0


def tick(timer):
    global n
    n += 1


pyb.Timer(4, freq=10, callback=tick)
while True:
    time.sleep_ms(10)
    seen = n
    assert seen < 2
