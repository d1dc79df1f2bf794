# check: error lost-update line=15 preemptions=0 interrupts=1
# An object whose method is the handler, and which main code changes too. Fails when the handler comes in between.
import pyb


class Position:
    def __init__(self):
        self.steps = 0
        self.callback = self.edge

    def edge(self, line):
        self.steps += 1

    def move(self, steps):
        self.steps += steps


position = Position()
pyb.ExtInt("X5", pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, position.callback)
position.move(10)
