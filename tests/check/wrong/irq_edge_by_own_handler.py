# check: error assertion line=19 preemptions=0 interrupts=0
# The handler of an output drives it back: that edge waits until the handler is over, and calls it once more. Fails on
# every schedule, as it counts both.
from machine import Pin

edges = 0


def on_edge(pin):
    global edges
    edges += 1
    pin.value(0)
    assert edges in (1, 2)


output = Pin("X1", Pin.OUT, value=0)
output.irq(on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING, hard=True)
output.value(1)
assert edges == 1
