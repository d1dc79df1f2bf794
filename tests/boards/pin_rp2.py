# board: rp2
# machine.Pin of the RP2040: names, modes, levels, interrupts and the irq object.
import heddle.board as board
import machine
import micropython
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


led = Pin("LED", Pin.OUT)
assert Pin(25) is led and Pin("GPIO25") is led and Pin("GP25") is led and Pin(led) is led
assert Pin.board.LED is led and Pin.board.GP25 is led and Pin.cpu.GPIO25 is led
assert not hasattr(Pin.board, "GPIO25") and not hasattr(Pin.cpu, "LED")
assert str(led) == "Pin(GPIO25, mode=OUT)", str(led)
raised(ValueError, 'unknown named pin "Q7"', Pin, "Q7")
raised(ValueError, "invalid pin", Pin, 30)
raised(ValueError, "invalid pin", Pin, -1)
raised(ValueError, "invalid pin", Pin, None)
assert board.pin(25).name() == "GPIO25" and board.pin("LED").value() == 0

assert (Pin.IN, Pin.OUT, Pin.OPEN_DRAIN, Pin.ALT, Pin.PULL_UP, Pin.PULL_DOWN) == (0, 1, 2, 3, 1, 2)
assert (Pin.IRQ_RISING, Pin.IRQ_FALLING) == (8, 4)
for name in ("name", "names", "mapper", "mode", "OUT_PP", "IRQ_LOW_LEVEL"):
    assert not hasattr(Pin, name), name

# init() keeps the mode if none is given, never the pull.
pin = Pin(2, Pin.IN, Pin.PULL_UP)
assert str(pin) == "Pin(GPIO2, mode=IN, pull=PULL_UP)" and pin() == 1
pin.init(pull=Pin.PULL_DOWN)
assert str(pin) == "Pin(GPIO2, mode=IN, pull=PULL_DOWN)" and pin() == 0
pin.init(value=1)
assert str(pin) == "Pin(GPIO2, mode=IN)"
pin.init(Pin.OUT)
assert pin() == 0, "a value is for modes that put it out"
raised(ValueError, "invalid pin mode: 7", pin.init, 7)
raised(TypeError, "extra keyword arguments given", pin.init, drive=1)

pin.init(Pin.OUT, value=1)
assert pin() == 1
pin.toggle()
assert pin() == 0
pin.toggle()
assert pin() == 1
pin.low()
assert pin.value() == 0
pin.high()
assert pin.value() == 1
pin.off()
assert pin.value() == 0
pin.on()
assert pin.value() == 1

# Open drain begins by letting go.
drain = Pin(3, Pin.OPEN_DRAIN, Pin.PULL_UP)
assert drain() == 1
board.pin(3).value(0)
assert drain() == 0
board.pin(3).release()
drain.toggle()
assert drain() == 0 and board.pin(3).value() == 0
drain.toggle()
assert drain() == 1

# Interrupts.
events = []
line = board.pin(4)
key = Pin(4, Pin.IN, Pin.PULL_UP)
irq = key.irq(lambda pin: events.append((pin is key, pin(), irq.flags())))
assert irq is key.irq() and irq.trigger() == 12 and irq.flags() == 0
assert not hasattr(irq, "init")
line.value(0)
wait_for(lambda: events)
assert events == [(True, 0, Pin.IRQ_FALLING)], events
line.value(1)
wait_for(lambda: len(events) == 2)
assert events[1] == (True, 1, Pin.IRQ_RISING)

assert irq.trigger(Pin.IRQ_FALLING) == 12 and irq.trigger() == 4 and irq.flags() == 0
line.value(0)
wait_for(lambda: len(events) == 3)
line.value(1)
time.sleep_ms(5)
assert len(events) == 3
assert irq.trigger(0) == 4
line.value(0)
time.sleep_ms(5)
assert len(events) == 3
raised(ValueError, "invalid trigger: 1", irq.trigger, 1)
raised(ValueError, "invalid trigger: 16", key.irq, print, 16)
raised(TypeError, "extra keyword arguments given", key.irq, print, wake=1)
raised(TypeError, "function doesn't take keyword arguments", irq, x=1)
raised(TypeError, "function takes 0 positional arguments but 1 were given", irq, 1)

# The irq object, called, calls the handler: a soft one through the queue.
irq()
wait_for(lambda: len(events) == 4)

# Both edges while interrupts are off: one call, which sees both.
count = 0
flags = 0


def hard(pin):
    global count, flags
    count += 1
    flags = irq.flags()


assert key.irq(hard, hard=True) is irq
state = machine.disable_irq()
line.value(1)
line.value(0)
assert count == 0
machine.enable_irq(state)
assert count == 1 and flags == 12
irq()
assert count == 2
key.irq(None)
line.value(1)
irq()
assert count == 2


def fails(pin):
    raise ValueError("on purpose")


key.irq(fails, hard=True)
line.value(0)
assert irq.trigger() == 0, "the board takes the trigger away after an exception"

# What a hard handler does with pins needs no heap.
micropython.heap_lock()
try:
    pin.value()
    pin.toggle()
    pin.on()
    pin.off()
    irq.flags()
    irq.trigger()
    key.irq()
    Pin("LED")
    Pin(3)
finally:
    micropython.heap_unlock()

# The other core may drive the pin that a pulse is waited for on; and a Signal is a pin too.
import _thread

pulse = Pin(5, Pin.OUT, value=0)


def drive():
    time.sleep_ms(5)
    pulse.on()
    time.sleep_ms(20)
    pulse.off()


_thread.start_new_thread(drive, ())
assert 20000 <= machine.time_pulse_us(pulse, 1) < 900000
assert machine.time_pulse_us(5, 1, 2000) == -2
assert machine.time_pulse_us(5, 0, 2000) == -1
signal = machine.Signal(6, Pin.OUT, value=1, invert=True)
assert machine.time_pulse_us(signal, 1, 2000) == -1 and board.pin(6).value() == 0
raised(ValueError, "timeout must not be negative", machine.time_pulse_us, 5, 1, -1)
raised(ValueError, "invalid pin", machine.time_pulse_us, None, 1)
print("ok")
