# check: error isr-alloc line=11 preemptions=0 interrupts=1
# A hard handler makes a tuple.
import machine

ticks = 0
last = None


def tick(timer):
    global last
    last = (ticks, ticks + 1)


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
