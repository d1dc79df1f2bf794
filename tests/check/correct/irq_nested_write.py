# check: --irqs 1: clean complete executions=4
# check: maybe data-race
# A handler reads twice, and a more urgent one writes: before the handler, before its first read, between the reads or
# after them. The first two count apart, since a handler that nobody can interrupt any more is one block.
import pyb

v = 0


def edge(line):
    v
    v


def tick(timer):
    global v
    v = 1


pyb.Timer(4, freq=1000, callback=tick)
pyb.ExtInt("X5", pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, edge)
