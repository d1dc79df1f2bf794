# board: pyboard
# A rotary encoder read in hard handlers. A step is two bits of Gray code; one that is not next to the last one means
# that an interrupt was lost, and is counted. Run it with --scene examples/rotary_encoder.toml: 40 steps on, 12 back.

import time
from machine import Pin

# By the last state and the new one, each two bits: on, back, still there, or two steps at once.
ON, BACK, STILL, LOST = 1, -1, 0, 2
STEPS = (STILL, BACK, ON, LOST, ON, STILL, LOST, BACK, BACK, LOST, STILL, ON, LOST, ON, BACK, STILL)

a = Pin("X1", Pin.IN)
b = Pin("X2", Pin.IN)
state = 0
position = 0
lost = 0


def turned(_):
    global state, position, lost
    new = a.value() << 1 | b.value()
    step = STEPS[state << 2 | new]
    if step == LOST:
        lost += 1
    else:
        position += step
    state = new


a.irq(turned, Pin.IRQ_FALLING | Pin.IRQ_RISING, hard=True)
b.irq(turned, Pin.IRQ_FALLING | Pin.IRQ_RISING, hard=True)
time.sleep_ms(300)
print("position %d, %d lost" % (position, lost))
