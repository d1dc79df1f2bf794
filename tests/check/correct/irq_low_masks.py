# check: clean complete
# options: --irqs 1
# check: maybe data-race
# The less urgent handler keeps the more urgent one out while it increments.
import machine
import pyb

v = 0


def edge(line):
    global v
    state = machine.disable_irq()
    v += 1
    machine.enable_irq(state)


def tick(timer):
    global v
    v += 1


line = pyb.ExtInt("X5", pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, edge)
timer = pyb.Timer(4, freq=1000, callback=tick)
