# board: rp2
# disable_irq() masks one core: no handler comes, but the other core goes on.
import _thread
import machine
import time
from machine import Timer

turns = [0]
fired = [0]
stop = False


def spin():
    while not stop:
        turns[0] += 1


def tick(_):
    fired[0] += 1


_thread.start_new_thread(spin, ())
timer = Timer(-1)
timer.init(freq=1000, hard=True, callback=tick)
while fired[0] < 3 or not turns[0]:
    pass
state = machine.disable_irq()
before = turns[0], fired[0]
start = time.ticks_ms()
while time.ticks_diff(time.ticks_ms(), start) < 20:
    pass
after = turns[0], fired[0]
machine.enable_irq(state)
assert after[0] > before[0], (before, after)
assert after[1] == before[1], (before, after)
stop = True
timer.deinit()
print("ok")
