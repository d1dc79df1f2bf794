# board: esp32
# Hardware timers by number, scheduled handlers.
import time
from machine import Timer

timer = Timer(2)
assert Timer(2) is timer and Timer(1) is not timer
for number in (-1, 4):
    try:
        Timer(number)
        assert False
    except ValueError as error:
        assert error.args[0] == "invalid Timer number"
try:
    Timer()
    assert False
except TypeError:
    pass

seen = []
timer.init(mode=Timer.PERIODIC, period=20, callback=seen.append)
assert str(timer) == "Timer(2, mode=PERIODIC, period=20)", str(timer)
time.sleep_ms(5)
assert 5 <= timer.value() <= 20, timer.value()
while len(seen) < 3:
    time.sleep_ms(1)
assert seen[0] is timer

# What is given anew holds from now on; the old deadline does not come.
seen.clear()
start = time.ticks_ms()
timer.init(mode=Timer.ONE_SHOT, freq=20, callback=seen.append)
assert str(timer) == "Timer(2, mode=ONE_SHOT, period=50)", str(timer)
while not seen:
    pass
assert time.ticks_diff(time.ticks_ms(), start) >= 49
time.sleep_ms(60)
assert len(seen) == 1 and timer.value() == 0

timer.init(tick_hz=1000000, period=2500, callback=seen.append)
assert str(timer) == "Timer(2, mode=PERIODIC, period=2)", str(timer)
timer.deinit()
seen.clear()
time.sleep_ms(10)
assert not seen
print("ok")
