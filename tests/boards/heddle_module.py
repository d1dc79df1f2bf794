# board: pyboard
# The module `heddle`: what stands around the board.
import heddle
import heddle.board
import heddle.board as board
import machine
import sys
from heddle import at_end, board as same_board
from machine import Pin


def raised(kind, text, function, *args):
    try:
        function(*args)
    except kind as error:
        assert str(error) == text, str(error)
    else:
        assert False, "nothing raised"


assert heddle.board is board and same_board is board and sys.modules.get("heddle", heddle) is heddle
assert board.name == "pyboard"
raised(AttributeError, "'module' object has no attribute 'zork'", lambda: board.zork)
raised(ImportError, "no module named 'heddle.zork'", __import__, "heddle.zork")

# Two objects of one pin do the same; a Pin may name it.
pin = Pin("X1", Pin.IN, Pin.PULL_UP)
first, second = board.pin("X1"), board.pin(pin)
assert first.name() == second.name() == "X1"
first.value(0)
assert second.value() == 0 and pin() == 0
second.release()
assert first.value() == 1 and pin() == 1
raised(ValueError, "Pin(Q7) doesn't exist", board.pin, "Q7")
raised(TypeError, "can't convert 'int' object to str implicitly", board.pin, 1)

# From a hard handler too: a line drives the next one.
source, target = board.pin("X2"), board.pin("X3")
followed = Pin("X3", Pin.IN)


def follow(pin):
    target.value(source.value())


Pin("X2", Pin.IN, Pin.PULL_DOWN).irq(follow, hard=True)
source.value(1)
assert followed() == 1
source.value(0)
assert followed() == 0

# Totals, in order.
before = board.statistics()
fired, late, dropped, deferred = before
assert (fired, late, dropped, deferred) == (before.fired, before.late, before.dropped, before.deferred)
source.value(1)
after = board.statistics()
assert after.fired == fired + 1 and after[2:] == before[2:]

after_all = []


@at_end
def first_at_end():
    after_all.append(1)

raised(TypeError, "at_end needs a function", at_end, 5)


@at_end
def second_at_end():
    assert after_all == [1], after_all
    print("ok")
