# board: pyboard
# pyb.ExtInt and pyb.Switch.

import heddle.board as board
import micropython

import pyb
from pyb import ExtInt, Pin

seen = [0, None]  # how often, with what


def note(line):
    seen[0] += 1
    seen[1] = line


def pressed():
    seen[0] += 1
    pyb.LED(1).toggle()


def reset():
    seen[0] = 0
    seen[1] = None


def check_raises(kind, text, function):
    try:
        function()
    except kind as e:
        assert str(e) == text, (str(e), text)
    else:
        assert False, text


def count_of(mode, levels):
    """How many calls these levels of X5 from outside come to, and the line that is said."""
    reset()
    outside = board.pin("X5")
    outside.value(levels[0])
    ext = ExtInt("X5", mode, Pin.PULL_NONE, note)
    for level in levels[1:]:
        outside.value(level)
        pyb.delay(1)
    ExtInt("X5", mode, Pin.PULL_NONE, None)
    return tuple(seen)


def test_edges():
    levels = (0, 1, 0, 1, 1)
    assert count_of(ExtInt.IRQ_RISING, levels) == (2, 4), seen
    assert count_of(ExtInt.IRQ_FALLING, levels) == (1, 4), seen
    assert count_of(ExtInt.IRQ_RISING_FALLING, levels) == (3, 4), seen
    assert count_of(ExtInt.EVT_RISING, levels) == (0, None), seen


def test_methods():
    ext = ExtInt(pin=Pin("X5"), mode=ExtInt.IRQ_RISING, pull=Pin.PULL_DOWN, callback=note)
    assert str(ext) == "<ExtInt line=4>" and ext.line() == 4
    reset()
    ext.swint()
    pyb.delay(1)
    assert seen == [1, 4], seen
    ext.disable()
    ext.swint()
    pyb.delay(1)
    assert seen[0] == 1, seen
    ext.enable()
    pyb.delay(1)
    assert seen[0] == 1, seen
    ext.swint()
    pyb.delay(1)
    assert seen[0] == 2, seen
    ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_DOWN, None)


def test_pull():
    ext = ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_DOWN, note)
    board.pin("X5").release()
    assert Pin("X5").value() == 0
    ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_DOWN, None)
    ext = ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_UP, note)
    assert Pin("X5").value() == 1
    ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_UP, None)


def test_one_line_for_the_ports():
    # X1 is A0, X19 is C0.
    ExtInt("X1", ExtInt.IRQ_RISING, Pin.PULL_NONE, note)
    for name in ("X1", "X19"):
        check_raises(
            ValueError,
            "ExtInt vector 0 is already in use",
            lambda: ExtInt(name, ExtInt.IRQ_RISING, Pin.PULL_NONE, note),
        )
    ExtInt("X19", ExtInt.IRQ_RISING, Pin.PULL_NONE, None)
    ExtInt("X19", ExtInt.IRQ_RISING, Pin.PULL_NONE, note)
    reset()
    board.pin("X1").value(0)
    board.pin("X1").value(1)
    pyb.delay(1)
    assert seen[0] == 0, seen
    ExtInt("X19", ExtInt.IRQ_RISING, Pin.PULL_NONE, None)


def test_errors():
    rising = ExtInt.IRQ_RISING
    check_raises(ValueError, "ExtInt vector 5 < 16, use a Pin object", lambda: ExtInt(5, rising, 0, note))
    check_raises(ValueError, "ExtInt vector 23 >= max of 23", lambda: ExtInt(23, rising, 0, note))
    check_raises(ValueError, "invalid ExtInt Mode: 5", lambda: ExtInt("X2", 5, 0, note))
    check_raises(ValueError, "invalid ExtInt Pull: 4", lambda: ExtInt("X2", rising, 4, note))
    check_raises(TypeError, "'pull' argument required", lambda: ExtInt("X2", rising))


def test_failing_callback():
    def fail(line):
        seen[0] += 1
        [line]  # no heap

    reset()
    ext = ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_NONE, fail)
    ext.swint()
    pyb.delay(1)
    ext.swint()
    pyb.delay(1)
    assert seen[0] == 1, seen
    ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_NONE, note)  # the line is free again
    ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_NONE, None)


# Timers preempt external lines; not the other way round.
order = bytearray(4)
place = 0


def say(what):
    global place
    order[place] = what
    place += 1


def in_timer(timer):
    timer.callback(None)
    say(2)


def busy_line(line):
    say(1)
    pyb.Timer(4).callback(in_timer)
    # Bytecodes, between which the timer comes.
    for _ in range(100000):
        if place > 1:
            break
    say(3)


def test_priorities():
    pyb.Timer(4, freq=1000)
    ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_NONE, busy_line).swint()
    pyb.delay(20)
    ExtInt("X5", ExtInt.IRQ_RISING, Pin.PULL_NONE, None)
    pyb.Timer(4).deinit()
    assert bytes(order) == b"\x01\x02\x03\x00", order


def test_switch():
    switch = pyb.Switch()
    assert pyb.Switch() is switch and str(switch) == "Switch()"
    assert switch() is False and switch.value() is False
    finger = board.pin("SW")
    reset()
    led = pyb.LED(1)
    led.off()
    switch.callback(pressed)
    for _ in range(3):
        finger.value(0)
        pyb.delay(1)
        assert switch() is True and switch.value() is True
        finger.value(1)
        pyb.delay(1)
    assert seen[0] == 3 and led.intensity() == 255, seen
    switch.callback(None)
    finger.value(0)
    pyb.delay(1)
    assert seen[0] == 3, seen
    finger.release()
    assert switch() is False


micropython.alloc_emergency_exception_buf(200)
test_edges()
test_methods()
test_pull()
test_one_line_for_the_ports()
test_errors()
test_failing_callback()
test_priorities()
test_switch()
print("ok")
