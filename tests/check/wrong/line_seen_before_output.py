# check: error assertion line=18
# What is outside a pin sees the output before it is written.
import _thread
import heddle.board as board
import machine

pin = machine.Pin("X1", machine.Pin.OUT, value=0)
line = board.pin("X1")


def write():
    pin.value(1)


_thread.start_new_thread(write, ())
for _ in range(2):
    pass
assert line.value() == 1
