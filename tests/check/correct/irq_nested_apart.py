# check: --irqs 1: clean complete executions=3
# check: --irqs 2: clean complete executions=15
# check: maybe data-race
# Two handlers of two priorities have to do with each other, and the main loop with neither: where in the loop they come
# makes no difference.
import pyb

v = 0
n = 0


def edge(line):
    v
    v


def tick(timer):
    global v
    v = 1


pyb.Timer(4, freq=1000, callback=tick)
pyb.ExtInt("X5", pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, edge)
for _ in range(100):
    n += 1
