# The clock goes on while interrupts are disabled, and what is late comes afterwards.
import _thread
import machine
import time
from heddle import board
from machine import Timer

MASKED_MS = 50


def work_masked(wait):
    """Returns by how many milliseconds each clock went on."""
    state = machine.disable_irq()
    start_ms, start_us = time.ticks_ms(), time.ticks_us()
    wait()
    inside = time.ticks_diff(time.ticks_us(), start_us) / 1000
    machine.enable_irq(state)
    return inside, time.ticks_diff(time.ticks_ms(), start_ms), time.ticks_diff(time.ticks_us(), start_us) / 1000


def count_turns(turns):
    while turns:
        turns -= 1


# How long a turn takes, with interrupts as usual: ticks alone come in between.
start = time.ticks_us()
count_turns(2000)
turn_us = time.ticks_diff(time.ticks_us(), start) / 2000
turns = int(MASKED_MS * 1000 / turn_us)

# No clock is looked at for all that time.
for elapsed in work_masked(lambda: count_turns(turns)):
    assert 0.9 * MASKED_MS - 1 < elapsed < 1.1 * MASKED_MS + 1, (elapsed, turn_us)

for elapsed in work_masked(lambda: time.sleep_ms(MASKED_MS)):
    assert MASKED_MS - 1 <= elapsed < MASKED_MS + 2, elapsed

# A thread that sleeps, and a timer: late, not lost, and in step with the clock again.
woken = []


def sleeper():
    time.sleep_ms(20)
    woken.append(time.ticks_ms())


fired = []
timer = Timer(-1)
_thread.start_new_thread(sleeper, ())
time.sleep_ms(2)
start = time.ticks_ms()
dropped = board.statistics().dropped
timer.init(period=10, callback=lambda _: fired.append(time.ticks_diff(time.ticks_ms(), start)))
work_masked(lambda: count_turns(turns))
time.sleep_ms(25)
timer.deinit()
assert 0.9 * MASKED_MS - 1 < time.ticks_diff(woken[0], start) < 1.1 * MASKED_MS + 3, woken
# Those of the masked time are one; then the tens of milliseconds again.
assert len(fired) in (3, 4) and board.statistics().dropped - dropped in (3, 4), fired
assert all(at % 10 <= 1 for at in fired[1:]), fired

# A hard handler is as long: it keeps everything else out too.
ran = False


def hold(_):
    global ran
    before = time.ticks_us()
    while time.ticks_diff(time.ticks_us(), before) < 1000 * MASKED_MS:
        pass
    ran = True


start = time.ticks_ms()
timer.init(mode=Timer.ONE_SHOT, period=1, callback=hold, hard=True)
while not ran:
    pass
elapsed = time.ticks_diff(time.ticks_ms(), start)
assert MASKED_MS <= elapsed <= MASKED_MS + 4, elapsed
print("ok")
