# check: error lost-update line=17 preemptions=0 interrupts=1
# An external line that counts, and is disabled when all is over. Fails when an edge comes between reading and clearing.
from pyb import ExtInt, Pin

count = 0


def hit(line):
    global count
    count += 1


line = ExtInt(Pin("X3"), ExtInt.IRQ_RISING, Pin.PULL_DOWN, hit)
total = 0
for _ in range(2):
    total += count
    count = 0
line.disable()
print(total)
