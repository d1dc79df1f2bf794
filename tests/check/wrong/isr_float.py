# check: error isr-alloc line=11 preemptions=0 interrupts=1
# A hard handler computes a float: each float is a new object.
import machine

raw = 512
volts = 0


def tick(timer):
    global volts
    volts = raw / 1024


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
