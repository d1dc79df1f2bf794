# board: rp2
# One-shot timers: each rings once, a new one can be set in the handler itself, and a spent one takes no place.
import time
from machine import Timer

# ---- many more, one after the other, than the board has at once

count = 0


def ring(_):
    global count
    count += 1


for _ in range(60):
    before = count
    Timer(-1, mode=Timer.ONE_SHOT, period=1, callback=ring, hard=True)
    while count == before:
        pass
time.sleep_ms(5)
assert count == 60, count

# ---- set anew in its own hard handler, where the heap is locked

timer = Timer(-1)
times = 0


def again(t):
    global times
    times += 1
    if times < 20:
        t.init(mode=Timer.ONE_SHOT, period=1, callback=again, hard=True)


timer.init(mode=Timer.ONE_SHOT, period=1, callback=again, hard=True)
start = time.ticks_ms()
while times < 20:
    pass
assert time.ticks_diff(time.ticks_ms(), start) >= 19
time.sleep_ms(5)
assert times == 20

# ---- ended in its own handler, which then fails: it is told, and nothing else happens


def end_and_fail(t):
    t.deinit()
    global times
    times = 0
    raise ValueError


timer.init(period=1, callback=end_and_fail, hard=True)
while times:
    pass
time.sleep_ms(5)

# ---- a periodic timer whose callback takes it apart rings no more

count = 0


def last(t):
    ring(t)
    t.deinit()


timer.init(period=1, callback=last)
time.sleep_ms(20)
assert count == 1, count
timer.deinit()
timer.deinit()
print("ok")
