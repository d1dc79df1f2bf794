# check: error lost-update line=10 preemptions=0 interrupts=2
# A timer's handler is more urgent than an external line's. Fails when the timer interrupts the line's handler.
import pyb

v = 0


def edge(line):
    global v
    v += 1


def tick(timer):
    global v
    v += 1


line = pyb.ExtInt("X5", pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, edge)
timer = pyb.Timer(4, freq=1000, callback=tick)
