# board: pycom
# machine.Pin.callback: triggers, argument, removal. The pin is an output, whose own edges call.

import time
from machine import Pin


def refused(kind, text, function, *args, **keywords):
    try:
        function(*args, **keywords)
    except kind as error:
        assert text in str(error), error
    else:
        assert False, "no %s: %s" % (kind.__name__, text)


calls = []


def note(argument):
    calls.append((argument, pin()))


def calls_of(*levels):
    calls.clear()
    for level in levels:
        pin(level)
        time.sleep_ms(3)
    return [level for _, level in calls]


pin = Pin("P9", mode=Pin.OUT, value=0)

# The edges that are asked for; the pin itself is the argument.
assert pin.callback(Pin.IRQ_RISING, note) is None
assert calls_of(1, 0, 0, 1, 1, 0) == [1, 1]
assert calls[0][0] is pin
pin.callback(Pin.IRQ_FALLING, note)
assert calls_of(1, 0, 1, 0) == [0, 0]
pin.callback(trigger=Pin.IRQ_RISING | Pin.IRQ_FALLING, handler=note, arg=[1])
assert calls_of(1, 0, 1, 0) == [1, 0, 1, 0]
assert calls[0][0] == [1]

# A level calls as it begins, or at once.
pin.callback(Pin.IRQ_HIGH_LEVEL, note, "high")
assert calls_of(1, 1, 0, 1) == [1, 1]
calls.clear()
pin.callback(Pin.IRQ_HIGH_LEVEL, note, "high")
time.sleep_ms(3)
assert calls == [("high", 1)]
pin.callback(Pin.IRQ_LOW_LEVEL, note, "low")
assert calls_of(0, 1, 0) == [0, 0]

# Without handler, trigger, or both: no more.
for nothing in ((Pin.IRQ_RISING,), (0, note), ()):
    pin.callback(Pin.IRQ_RISING, note)
    assert calls_of(1, 0) == [1]
    pin.callback(*nothing)
    assert calls_of(1, 0) == []

# init() and the constructor take the trigger away; mode() and pull() leave it.
pin.callback(Pin.IRQ_RISING, note)
pin.mode(Pin.OPEN_DRAIN)
pin.pull(Pin.PULL_UP)
pin.mode(Pin.OUT)
pin(0)
time.sleep_ms(3)
assert calls_of(1, 0) == [1]
pin.init(Pin.OUT)
assert calls_of(1, 0) == []
pin.callback(Pin.IRQ_RISING, note)
Pin("P9", Pin.OUT)
assert calls_of(1, 0) == []

# An input: the pull makes the edges.
pin.init(Pin.IN, Pin.PULL_DOWN)
pin.callback(Pin.IRQ_RISING, note)
calls.clear()
pin.pull(Pin.PULL_UP)
time.sleep_ms(3)
assert calls == [(pin, 1)]

# Two pins do not disturb each other.
other = Pin("P10", mode=Pin.OUT, value=0)
seen = []
other.callback(Pin.IRQ_RISING, seen.append)
pin.init(Pin.OUT, value=0)
pin.callback(Pin.IRQ_RISING, note)
other(1)
assert calls_of(1) == [1] and seen == [other]

refused(ValueError, "invalid argument(s) value", pin.callback, 6, note)
refused(ValueError, "invalid argument(s) value", pin.callback, -1, note)
refused(TypeError, "callable", pin.callback, Pin.IRQ_RISING, 3)
refused(TypeError, "", pin.callback, Pin.IRQ_RISING, note, None, None)
print("ok")
