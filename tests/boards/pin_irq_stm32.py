# board: pyboard
# Interrupts of machine.Pin on the STM32: soft unless hard=True, edges, masking, shared lines, failures.
import gc
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


levels = bytearray(64)
count = 0
was_hard = False


def handler(pin):
    global count, was_hard
    levels[count] = pin()
    count += 1
    try:
        [count]
        was_hard = False
    except MemoryError:
        was_hard = True


def begin():
    global count
    count = 0


pin = Pin("X1", Pin.IN, Pin.PULL_DOWN)
line = board.pin("X1")


def pulse():
    line.value(1)
    wait_for(lambda: count == 1 or trigger == Pin.IRQ_FALLING)
    line.value(0)


# The board returns no object here. Soft by default: the heap is there.
for trigger, seen in ((Pin.IRQ_RISING, [1]), (Pin.IRQ_FALLING, [0]), (Pin.IRQ_RISING | Pin.IRQ_FALLING, [1, 0])):
    for hard in (False, True):
        begin()
        assert pin.irq(handler, trigger, hard) is None
        line.value(0)
        line.value(0)
        assert count == 0, "a level that stays is no edge"
        pulse()
        wait_for(lambda: count == len(seen))
        assert list(levels[:count]) == seen, (trigger, hard, list(levels[:count]))
        assert was_hard == hard
        assert count == len(seen)

# A hard handler has run before the next bytecode or so; both edges are the default.
begin()
pin.irq(handler, hard=True)
line.value(1)
line.value(0)
assert count == 2

# None ends it, as does irq(); a plain irq() changes nothing.
assert pin.irq() is None
line.value(1)
assert count == 3
pin.irq(None)
line.value(0)
line.value(1)
time.sleep_ms(5)
assert count == 3

# An edge that was not served when irq(None) came is forgotten.
begin()
line.value(0)
pin.irq(handler, Pin.IRQ_RISING, hard=True)
state = machine.disable_irq()
line.value(1)
pin.irq(None)
machine.enable_irq(state)
pin.irq(handler, Pin.IRQ_RISING, hard=True)
assert count == 0

# While interrupts are off, edges wait, many as one.
before = board.statistics()
state = machine.disable_irq()
for _ in range(5):
    line.value(0)
    line.value(1)
assert count == 0
machine.enable_irq(state)
assert count == 1
after = board.statistics()
assert after.fired == before.fired + 1 and after.dropped == before.dropped + 4
assert after.deferred == before.deferred
pin.irq(None)

# An output raises its own interrupt, and open drain does.
begin()
out = Pin("X2", Pin.OUT, value=0)
out.irq(handler, hard=True)
out.on()
out.on()
out.off()
assert count == 2 and list(levels[:2]) == [1, 0]
begin()
out.init(Pin.OPEN_DRAIN, Pin.PULL_UP, value=0)
out.on()
assert count == 1
board.pin("X2").value(0)
assert count == 2
board.pin("X2").release()
assert count == 3
out.init(Pin.IN, Pin.PULL_DOWN)
assert count == 4, "a pull makes edges too"
out.irq(None)

# A handler of one pin runs to its end before another's: their priorities are equal.
order = bytearray(4)
place = 0


def note(what):
    global place
    order[place] = what
    place += 1


inner_line = board.pin("X3")


def outer(pin):
    note(1)
    inner_line.value(1)
    note(2)


def inner(pin):
    note(3)


Pin("X3", Pin.IN, Pin.PULL_DOWN).irq(inner, Pin.IRQ_RISING, hard=True)
pin.irq(outer, Pin.IRQ_RISING, hard=True)
line.value(0)
line.value(1)
assert list(order[:place]) == [1, 2, 3], list(order)

# A hard handler may end its own interrupt, and begin it anew, without the heap.
begin()


def once(pin):
    global count
    count += 1
    pin.irq(None)
    if count < 3:
        pin.irq(once, Pin.IRQ_RISING, hard=True)


pin.irq(once, Pin.IRQ_RISING, hard=True)
for _ in range(6):
    line.value(0)
    line.value(1)
assert count == 3, count

# Pins of one number share a line.
Pin("X9").irq(handler)
raised(OSError, "IRQ resource already taken by Pin('B6')", Pin("Y1").irq, handler)
Pin("X9").irq(None)
Pin("Y1").irq(handler)
Pin("Y1").irq(None)

# What is refused.
raised(ValueError, "invalid trigger: 0", pin.irq, handler, 0)
raised(ValueError, "invalid trigger: 1", pin.irq, handler, 1)
raised(TypeError, "extra keyword arguments given", pin.irq, handler, wake=1)
raised(TypeError, "extra keyword arguments given", pin.irq, handler, priority=1)

# The queue of soft callbacks is as deep as the board's; what does not fit is counted, and lost.
begin()
pin.irq(handler, Pin.IRQ_RISING)
before = board.statistics()


def flood(_):
    for _ in range(20):
        line.value(0)
        line.value(1)


micropython.schedule(flood, None)
wait_for(lambda: count > 0)
time.sleep_ms(5)
dropped = board.statistics().dropped - before.dropped
assert count + dropped == 20, (count, dropped)
assert count == 8, count

# An exception that a hard handler does not catch is printed, and ends the interrupt.
begin()


def fails(pin):
    global count
    count += 1
    raise ValueError("on purpose")


pin.irq(fails, Pin.IRQ_RISING, hard=True)
for _ in range(3):
    line.value(0)
    line.value(1)
assert count == 1, count

# Nothing of it is left alive for nothing: the pin is the board's, the function is the handler's.
pin.irq(lambda pin: handler(pin), Pin.IRQ_RISING, hard=True)
gc.collect()
begin()
line.value(0)
line.value(1)
assert count == 1
pin.irq(None)

# What a hard handler does with pins needs no heap.
micropython.heap_lock()
try:
    pin.value()
    pin()
    out.value(1)
    out.on()
    out.off()
    out.low()
    out.high()
    out(0)
    Pin("X1")
    Pin.board.X1
    line.value()
    line.value(1)
    line.release()
    pin.init(Pin.IN, Pin.PULL_DOWN)
    pin.irq(handler, Pin.IRQ_RISING, True)
    pin.irq(None)
finally:
    micropython.heap_unlock()
print("ok")
