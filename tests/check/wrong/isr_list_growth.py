# check: error isr-alloc line=9 preemptions=0 interrupts=1
# A hard handler lengthens a list that has no room left.
import machine

samples = [0] * 4


def tick(timer):
    samples.append(1)


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
