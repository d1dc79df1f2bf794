# check: error isr-alloc line=9,8 preemptions=0 interrupts=1
# A hard handler makes a function that refers to its own variable.
import machine
import micropython


def tick(timer):
    n = 1
    micropython.schedule(lambda _: n, 0)


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
