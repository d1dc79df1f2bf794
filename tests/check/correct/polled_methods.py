# check: clean complete
# check: maybe data-race
# Turns that look at methods, deques and pins, and put out what was put out before, change nothing: they wait.
import time
from collections import deque
from machine import Pin


class Line:
    limit = 4

    def __init__(self):
        self.pin = Pin("X1", Pin.IN, Pin.PULL_UP)
        self.lamp = Pin("X2", Pin.OUT)
        self.edges = deque((), self.limit)
        self.pin.irq(self.edge, Pin.IRQ_FALLING)

    def edge(self, pin):
        self.edges.append(1)

    def is_idle(self):
        self.lamp.value(1)
        return len(self.edges) == 0


line = Line()
while line.is_idle():
    time.sleep_ms(10)
line.pin.irq(None)
assert len(line.edges) > 0
