# check: error livelock|deadlock line=25 preemptions=0 interrupts=0
# A way out that leaves interrupts off: the loop waits for a handler that cannot come.
import machine

ticks = 0


def tick(timer):
    global ticks
    ticks += 1


def read(limit):
    state = machine.disable_irq()
    n = ticks
    if n < limit:
        return False
    machine.enable_irq(state)
    return True


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
read(1)
while ticks == 0:
    pass
