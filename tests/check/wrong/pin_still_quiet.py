# check: error assertion line=17 preemptions=0 interrupts=0
# Nobody promises that an edge comes within a sleep.
import pyb
import time

edges = 0


def edge(line):
    global edges
    edges += 1


pyb.ExtInt("X5", pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, edge)
time.sleep_ms(500)
seen = edges
assert seen
