# check: clean complete executions=1
# An edge of an output that main code drives calls its handler at once: there is nothing to choose.
from machine import Pin

edges = 0


def on_edge(pin):
    global edges
    edges += 1


output = Pin("X1", Pin.OUT, value=0)
output.irq(on_edge, Pin.IRQ_RISING, hard=True)
for expected in (1, 2):
    output.value(1)
    assert edges == expected
    output.value(0)
    assert edges == expected
