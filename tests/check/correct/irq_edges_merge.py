# check: clean complete executions=1
# With interrupts off, edges of an output wait, and merge into one: its handler runs once, when they are on again.
import machine
from machine import Pin

edges = 0


def on_edge(pin):
    global edges
    edges += 1


output = Pin("X1", Pin.OUT, value=0)
output.irq(on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING, hard=True)
state = machine.disable_irq()
output.value(1)
output.value(0)
output.value(1)
assert edges == 0
machine.enable_irq(state)
assert edges == 1
