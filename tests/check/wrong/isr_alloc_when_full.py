# check: error isr-alloc line=13 preemptions=0 interrupts=2
# The way that needs the heap is taken at the second firing only.
import machine

ticks = 0
report = None


def tick(timer):
    global ticks, report
    ticks += 1
    if ticks == 2:
        report = [ticks]


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
