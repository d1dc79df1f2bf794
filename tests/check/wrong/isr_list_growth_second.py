# check: error isr-alloc line=10 preemptions=0 interrupts=2
# A list with room for one more: the second firing is the one that needs the heap.
import machine

samples = [0, 0, 0, 0]
samples.pop()


def tick(timer):
    samples.append(1)


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
