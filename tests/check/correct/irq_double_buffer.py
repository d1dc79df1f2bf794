# check: clean complete
# check: maybe data-race
# The handler fills one buffer; main code takes the other one, after it has exchanged them with interrupts off.
import machine

counts = [0, 0]
filling = 0


def tick(timer):
    counts[filling] += 1


def take():
    global filling
    state = machine.disable_irq()
    full = filling
    filling = 1 - full
    machine.enable_irq(state)
    n = counts[full]
    counts[full] = 0
    assert n == counts[full] + n


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
take()
