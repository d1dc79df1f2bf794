# board: esp32
# machine.Pin of the ESP32: numbers, modes, levels, interrupts that are always scheduled.
import heddle.board as board
import machine
import time
from machine import Pin


def raised(kind, text, function, *args, **keywords):
    try:
        function(*args, **keywords)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        assert False, "nothing raised"


def wait_for(condition):
    for _ in range(2000):
        if condition():
            return
        time.sleep_ms(1)
    assert False, "it never came"


pin = Pin(4, Pin.IN, Pin.PULL_UP)
assert Pin(4) is pin and str(pin) == "Pin(4)" and pin() == 1
for bad in (24, 40, -1, "4", "Q7", None):
    raised(ValueError, "invalid pin", Pin, bad)
assert (Pin.IN, Pin.OUT, Pin.OPEN_DRAIN, Pin.PULL_DOWN, Pin.PULL_UP) == (1, 3, 7, 1, 2)
assert (Pin.IRQ_RISING, Pin.IRQ_FALLING, Pin.WAKE_LOW, Pin.WAKE_HIGH) == (1, 2, 4, 5)
assert (Pin.DRIVE_0, Pin.DRIVE_3) == (0, 3)
for name in ("low", "high", "cpu", "mode", "names", "IRQ_LOW_LEVEL", "ALT"):
    assert not hasattr(Pin, name), name

# What init() is not given stays.
pin.init(value=1)
pin.init(Pin.OUT)
assert pin() == 1
pin.init(Pin.IN)
assert pin() == 1, "the pull is still there"
pin.init(pull=None)
pin.init(pull=Pin.PULL_DOWN, drive=Pin.DRIVE_2, hold=False)
assert pin() == 0
raised(ValueError, "invalid pin mode: 0", pin.init, 0)
raised(TypeError, "extra keyword arguments given", pin.init, alt=1)
assert Pin(34, Pin.IN)() == 0
raised(ValueError, "pin can only be input", Pin, 34, Pin.OUT)

out = Pin(5, Pin.OUT, value=0)
out.toggle()
assert out() == 1
out.off()
assert out() == 0
out.on()
assert out() == 1

# Scheduled, so the heap is there; `hard` is not.
events = []
line = board.pin(4)
irq = pin.irq(lambda p: events.append((p is pin, p())))
assert irq is pin.irq() and irq.trigger() == 3 and not hasattr(irq, "flags")
line.value(1)
wait_for(lambda: events)
line.value(0)
wait_for(lambda: len(events) == 2)
assert events == [(True, 1), (True, 0)]
raised(TypeError, "extra keyword arguments given", pin.irq, print, hard=True)
raised(ValueError, "invalid trigger: 5", pin.irq, print, Pin.WAKE_HIGH)
raised(ValueError, "bad wake value", pin.irq, print, Pin.WAKE_HIGH, 1)
pin.irq(print, Pin.WAKE_HIGH, wake=2)  # for a sleep that never is

assert irq.trigger(Pin.IRQ_RISING) == 3 and irq.trigger() == 1
line.value(1)
wait_for(lambda: len(events) == 3)
line.value(0)
time.sleep_ms(5)
assert len(events) == 3
irq()
wait_for(lambda: len(events) == 4)

# Edges wait while interrupts are off, many as one.
state = machine.disable_irq()
for _ in range(5):
    line.value(1)
    line.value(0)
machine.enable_irq(state)
wait_for(lambda: len(events) == 5)
time.sleep_ms(5)
assert len(events) == 5

pin.irq(None)
line.value(1)
time.sleep_ms(5)
assert len(events) == 5 and irq.trigger() == 0


# A scheduled handler that fails is printed, and called again the next time.
def fails(p):
    events.append(None)
    raise ValueError("on purpose")


pin.irq(fails, Pin.IRQ_RISING)
for n in range(2):
    line.value(0)
    line.value(1)
    wait_for(lambda: len(events) == 6 + n)

assert machine.time_pulse_us(pin, 1, 2000) == -1
assert machine.time_pulse_us(pin, 0, 2000) == -2
print("ok")
