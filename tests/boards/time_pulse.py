# board: pyboard
# machine.time_pulse_us: handlers come while it waits.
import heddle.board as board
import machine
import time
from machine import Pin, time_pulse_us

pin = Pin("X1", Pin.OUT, value=0)


def toggle(timer):
    pin.value(1 - pin.value())


timer = machine.Timer(-1, period=10, mode=machine.Timer.PERIODIC, callback=toggle, hard=True)
for level in (1, 0, "anything true"):
    # A pulse that begins within the call is seen whole, whoever is late.
    pulse = time_pulse_us(pin, level)
    assert 1000 <= pulse < 500000, pulse
assert time_pulse_us("X1", 1) > 0
timer.deinit()

# Too long: -2 before the pulse, -1 within it.
quiet = Pin("X2", Pin.IN, Pin.PULL_UP)
for level, expected in ((0, -2), (1, -1)):
    begin = time.ticks_us()
    assert time_pulse_us(quiet, level, 3000) == expected
    assert time.ticks_diff(time.ticks_us(), begin) >= 3000
assert time_pulse_us(quiet, 1, 0) == -1 and time_pulse_us(quiet, 0, 0) == -2

# From outside, by a handler; through a Signal.
line = board.pin("X2")
ticks = 0


def drive(timer):
    global ticks
    ticks += 1
    line.value(ticks != 2)


timer.init(period=5, callback=drive, hard=True)
assert time_pulse_us(quiet, 0) >= 1000
timer.deinit()
line.release()
assert time_pulse_us(machine.Signal(quiet, invert=True), 0, 1000) == -1

for bad, kind, text in (
    ("Q7", ValueError, "Pin(Q7) doesn't exist"),
    (None, TypeError, "can't convert 'NoneType' object to str implicitly"),
):
    try:
        time_pulse_us(bad, 1)
        assert False
    except kind as error:
        assert str(error) == text, str(error)
try:
    time_pulse_us(quiet, 1, -5)
    assert False
except ValueError as error:
    assert str(error) == "timeout must not be negative"
print("ok")
