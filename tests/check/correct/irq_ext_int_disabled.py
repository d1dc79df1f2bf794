# check: clean complete
# check: maybe data-race
# While an external line is disabled nothing comes between.
from pyb import ExtInt, Pin

count = 0


def hit(line):
    global count
    count += 1


line = ExtInt(Pin("X3"), ExtInt.IRQ_RISING, Pin.PULL_DOWN, hit)
line.disable()
count += 1
line.enable()
line.disable()
assert 1 <= count <= 3
