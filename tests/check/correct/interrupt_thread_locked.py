# check: clean complete
# options: --board pycom
# The board's interrupt thread may wait for a lock, as any thread may. It has called the handler once when the sleep ends.
import _thread
import time
from machine import Timer

lock = _thread.allocate_lock()
n = 0


class Counter:
    def tick(self, alarm):
        global n
        with lock:
            n += 1


alarm = Timer.Alarm(Counter().tick, ms=10, periodic=True)
time.sleep(1)
with lock:
    n += 1
    assert n >= 2
