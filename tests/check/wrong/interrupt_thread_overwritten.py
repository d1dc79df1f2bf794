# check: error lost-update line=19
# options: --board pycom
# The board's interrupt thread calls the alarm's handler, in the middle of what the main thread does.
import time
from machine import Timer

n = 0


class Counter:
    def tick(self, alarm):
        global n
        n += 1


alarm = Timer.Alarm(Counter().tick, ms=10, periodic=True)
time.sleep(1)
x = n
n = x + 1
alarm.cancel()
