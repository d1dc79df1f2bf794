# check: clean complete executions=3
# check: --irqs 1: clean complete executions=2
# A timer's handler drives an output, whose own handler runs before anything else does: main code finds both done or
# none. Two firings, before or after one read.
import pyb
from machine import Pin

driven = 0
seen = 0


def on_edge(pin):
    global seen
    seen += 1


def drive(timer):
    global driven
    driven += 1
    output.value(not output.value())


def main():
    state = pyb.disable_irq()
    difference = driven - seen
    pyb.enable_irq(state)
    assert difference == 0


output = Pin("X1", Pin.OUT, value=0)
output.irq(on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING, hard=True)
pyb.Timer(4, freq=1000, callback=drive)
main()
