# check: --irqs 1: clean complete
# check: maybe data-race
# A handler that keeps more urgent ones out while it changes what they change too.
import heddle
import machine
import pyb

v = edges = ticks = 0


def edge(line):
    global v, edges
    edges += 1
    state = machine.disable_irq()
    v += 1
    machine.enable_irq(state)


def tick(timer):
    global v, ticks
    ticks += 1
    v += 1


def check():
    assert v == edges + ticks


heddle.at_end(check)
timer = pyb.Timer(4, freq=1000, callback=tick)
line = pyb.ExtInt("X5", pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, edge)
