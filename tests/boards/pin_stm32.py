# board: pyboard
# machine.Pin of the STM32: names, modes, pulls, levels, printing.
import heddle.board as board
import machine
import pyb
from machine import Pin


def raised(kind, text, function, *args, **keywords):
    try:
        function(*args, **keywords)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        assert False, "nothing raised"


# One object a pin, whatever its name.
x1 = Pin("X1", Pin.IN)
assert Pin("X1") is x1 and Pin("A0") is x1 and Pin(x1) is x1
assert Pin.board.X1 is x1 and Pin.cpu.A0 is x1 and pyb.Pin.board.X1 is x1
assert pyb.Pin is Pin
assert x1.name() == "A0" and x1.names() == ["A0", "X1"]
assert x1.port() == 0 and x1.pin() == 0
assert Pin.cpu.C4.port() == 2 and Pin.cpu.C4.pin() == 4 and Pin.cpu.C4 is Pin.board.X11
assert "X1" in dir(Pin.board) and "X1" not in dir(Pin.cpu) and "A0" in dir(Pin.cpu)
assert not hasattr(Pin.board, "A0") and not hasattr(Pin.cpu, "X1")

raised(ValueError, "Pin(Q7) doesn't exist", Pin, "Q7")
raised(ValueError, "Pin() doesn't exist", Pin, "")
raised(TypeError, "can't convert 'int' object to str implicitly", Pin, 5)
raised(ValueError, "Pin(Q7) doesn't exist", board.pin, "Q7")

# Constants are the board's numbers.
assert (Pin.IN, Pin.OUT, Pin.OPEN_DRAIN, Pin.ALT, Pin.ALT_OPEN_DRAIN, Pin.ANALOG) == (0, 1, 0x11, 2, 0x12, 3)
assert (Pin.OUT_PP, Pin.OUT_OD, Pin.PULL_NONE, Pin.PULL_UP, Pin.PULL_DOWN) == (1, 0x11, 0, 1, 2)
assert (Pin.IRQ_RISING, Pin.IRQ_FALLING) == (0x10110000, 0x10210000)
for name in ("toggle", "IRQ_LOW_LEVEL", "WAKE_LOW", "DRIVE_0", "callback"):
    assert not hasattr(Pin, name), name

# Modes and pulls, and how they print.
for mode, pull, text in (
    (Pin.IN, None, "Pin(Pin.cpu.A0, mode=Pin.IN)"),
    (Pin.IN, Pin.PULL_UP, "Pin(Pin.cpu.A0, mode=Pin.IN, pull=Pin.PULL_UP)"),
    (Pin.IN, Pin.PULL_DOWN, "Pin(Pin.cpu.A0, mode=Pin.IN, pull=Pin.PULL_DOWN)"),
    (Pin.OUT, Pin.PULL_NONE, "Pin(Pin.cpu.A0, mode=Pin.OUT)"),
    (Pin.OPEN_DRAIN, Pin.PULL_UP, "Pin(Pin.cpu.A0, mode=Pin.OPEN_DRAIN, pull=Pin.PULL_UP)"),
):
    assert x1.init(mode, pull) is None
    assert str(x1) == text, str(x1)
    assert x1.mode() == mode and x1.pull() == (pull or 0)
raised(ValueError, "invalid pin mode: 77", x1.init, 77)
raised(ValueError, "invalid pin pull: 3", x1.init, Pin.IN, 3)
raised(TypeError, "'mode' argument required", x1.init)
raised(TypeError, "extra positional arguments given", x1.init, Pin.IN, None, -1, 1)
raised(TypeError, "extra keyword arguments given", x1.init, Pin.IN, hold=True)
assert x1.mode() == Pin.OPEN_DRAIN, "a refused init changes nothing"

# An input: the outside's level, else the pull's.
line = board.pin("X1")
assert line.name() == "X1" and str(line) == "pin('X1')"
Pin("X1", Pin.IN, Pin.PULL_UP)
assert x1() == 1 and x1.value() == 1 and line.value() == 1
assert line.value(0) is None
assert x1() == 0 and line.value() == 0
x1.init(Pin.IN, Pin.PULL_DOWN)
line.value("anything true")
assert x1() == 1
line.release()
assert x1() == 0

# An output wins over the outside; what is written while the pin is an input comes out later.
x1.value(1)
assert x1() == 0
x1.init(Pin.OUT)
line.value(0)
assert x1() == 1 and line.value() == 1
x1.off()
assert line.value() == 0
x1.on()
assert line.value() == 1
x1.low()
assert line.value() == 0
x1.high()
assert line.value() == 1
x1(0)
assert line.value() == 0
assert Pin("X1", Pin.OUT, value=1)() == 1
line.release()

# Open drain: low, or let go.
od = Pin("X2", Pin.OPEN_DRAIN, Pin.PULL_UP, value=1)
other = board.pin(od)
assert od() == 1
other.value(0)
assert od() == 0, "somebody else pulls it down"
other.release()
assert od() == 1
od.off()
other.value(1)
assert other.value() == 0
od.on()
assert other.value() == 1

# The program's own names.
Pin.dict({"motor": Pin.cpu.C4})
assert Pin("motor") is Pin.board.X11 and Pin.dict()["motor"] is Pin.board.X11
Pin.mapper(lambda name: Pin.cpu.A1 if name == "motor" else None)
assert Pin("motor") is Pin.board.X2 and Pin("X1") is x1
Pin.mapper(lambda name: 5)
raised(ValueError, "Pin.mapper didn't return a Pin object", Pin, "X1")
Pin.mapper(None)
Pin.dict(None)
assert Pin.mapper() is None and Pin.dict() is None
raised(ValueError, "Pin(motor) doesn't exist", Pin, "motor")

# machine.Signal over pins, and over a pin that it makes itself.
signal = machine.Signal("X4", Pin.OUT, invert=True, value=1)
assert signal.value() == 1 and Pin("X4")() == 0
signal.off()
assert signal.value() == 0 and Pin("X4")() == 1
signal = machine.Signal(Pin("X4"))
assert signal() == 1
signal(0)
assert Pin("X4")() == 0
raised(TypeError, "can't convert 'int' object to str implicitly", machine.Signal, 5)
print("ok")
