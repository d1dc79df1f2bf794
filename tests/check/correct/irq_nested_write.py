# check: --irqs 1: clean complete executions=3
# check: maybe data-race
# A handler reads twice, and a more urgent one writes: before the reads, between them or after them. Whether before the
# reads is before the handler or in it makes no difference.
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
