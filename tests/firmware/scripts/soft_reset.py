# A soft reset with timers that run: none of their handlers comes after it, and the board's timers are all free.
import machine
import time
from heddle import board
from machine import Timer

FIRST_MS = 300  # the clock goes on through a reset


def tick(_):
    if first and time.ticks_ms() > end:
        print("called after the reset")


first = time.ticks_ms() < FIRST_MS
end = FIRST_MS + 50
fired = board.statistics().fired
timers = [Timer(-1, period=1, callback=tick, hard=hard) for hard in (True, False) * 4]
if first:
    time.sleep_ms(FIRST_MS - time.ticks_ms())
    print("reset")
    machine.soft_reset()
for timer in timers:
    timer.deinit()
time.sleep_ms(20)
before = board.statistics().fired
time.sleep_ms(20)
assert board.statistics().fired == before
print("ok")
