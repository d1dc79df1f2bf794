# check: error assertion line=22 preemptions=0 interrupts=1
# Something is new in each turn of the loop that waits for an edge, so it would count for ever without one. Fails after
# the first edge.
import time
import machine

pressed = False
turns = 0


def press(pin):
    global pressed
    pressed = True


button = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)
button.irq(press, machine.Pin.IRQ_FALLING, hard=True)
while not pressed:
    turns += 1
    time.sleep_ms(100)
button.irq(None)
assert turns < 0
