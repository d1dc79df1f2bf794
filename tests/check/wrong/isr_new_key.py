# check: error isr-alloc line=9 preemptions=0 interrupts=1
# A hard handler puts a key into an empty dict, which has no place for any.
import machine

seen = {}


def tick(timer):
    seen["tick"] = True


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
