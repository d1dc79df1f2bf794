# board: pycom
# machine.Pin: names, modes, levels.

from machine import Pin


def refused(kind, text, function, *args, **keywords):
    try:
        function(*args, **keywords)
    except kind as error:
        assert text in str(error), error
    else:
        assert False, "no %s: %s" % (kind.__name__, text)


# Before any pin is used.
assert "P9" in dir(Pin.module) and "G16" not in dir(Pin.module)
assert "G16" in dir(Pin.exp_board) and "P9" not in dir(Pin.exp_board)

BAD = "invalid argument(s) value"

# Names: the module's, the expansion board's, an object.
assert Pin.module.P10.id() == "P10"
assert repr(Pin.module.P10) == "Pin('P10', mode=Pin.IN, pull=Pin.PULL_DOWN, alt=-1)"
pin = Pin("P9", mode=Pin.OUT)
assert Pin("G16", Pin.OUT) is pin and Pin(pin, Pin.OUT) is pin
assert Pin.module.P9 is pin and Pin.exp_board.G16 is pin
assert not hasattr(Pin.module, "G16") and not hasattr(Pin.exp_board, "P9")
assert not hasattr(Pin, "board") and not hasattr(Pin, "irq")
assert repr(Pin.module) == "<class 'cpu'>" and repr(Pin.exp_board) == "<class 'board'>"
refused(ValueError, BAD, Pin, "P99")
refused(ValueError, BAD, Pin, "")
refused(ValueError, BAD, Pin, 9)
refused(ValueError, BAD, Pin, None)
refused(TypeError, "", Pin)
refused(AttributeError, "", lambda: Pin.module.P99)

# Constants are the board's.
assert (Pin.IN, Pin.OUT, Pin.OPEN_DRAIN) == (1, 2, 7)
assert (Pin.PULL_UP, Pin.PULL_DOWN) == (1, 2)
assert (Pin.IRQ_RISING, Pin.IRQ_FALLING, Pin.IRQ_LOW_LEVEL, Pin.IRQ_HIGH_LEVEL) == (1, 2, 4, 5)

# As constructed, and as init() makes it anew.
assert repr(pin) == "Pin('P9', mode=Pin.OUT, pull=None, alt=-1)"
assert repr(Pin("P9")) == "Pin('P9', mode=Pin.IN, pull=None, alt=-1)"
assert pin.init(Pin.OPEN_DRAIN, Pin.PULL_UP, value=1, alt=7) is None
assert repr(pin) == "Pin('P9', mode=Pin.OPEN_DRAIN, pull=Pin.PULL_UP, alt=7)"
assert (pin.mode(), pin.pull(), pin.value()) == (7, 1, 1)
refused(ValueError, BAD, pin.init, 3)
refused(ValueError, BAD, pin.init, Pin.OUT, 3)
refused(ValueError, BAD, pin.init, Pin.OUT, None, alt=256)
refused(ValueError, BAD, pin.mode, 0)
refused(ValueError, BAD, pin.pull, 0)
refused(TypeError, "", pin.init, Pin.OUT, None, 1)
assert repr(pin) == "Pin('P9', mode=Pin.OPEN_DRAIN, pull=Pin.PULL_UP, alt=7)"

# Levels.
pin.init(Pin.OUT, value=0)
assert pin() == 0 and pin.value() == 0
assert pin.value(5) is None and pin() == 1
pin(False)
assert pin() == 0
pin.toggle()
assert pin.value() == 1
pin.toggle()
assert pin.value() == 0
refused(TypeError, "", pin, 1, 2)

# What is written to an input is put out when it becomes an output.
pin.mode(Pin.IN)
pin.pull(Pin.PULL_DOWN)
pin(1)
assert pin() == 0
pin.mode(Pin.OUT)
assert pin() == 1
pin.mode(Pin.IN)
pin.pull(Pin.PULL_UP)
assert pin() == 1 and pin.pull() == Pin.PULL_UP
pin.pull(None)
assert pin.pull() is None
pin.pull(Pin.PULL_DOWN)
assert pin() == 0

# Open drain: low, or let go.
pin.init(Pin.OPEN_DRAIN, Pin.PULL_UP, value=0)
assert pin() == 0
pin(1)
assert pin() == 1
print("ok")
