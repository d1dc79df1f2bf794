# check: clean complete executions=3
# Sections without interrupts nest: the inner one gives back the state that it found. One section, two firings: C(1 +
# 2, 2) executions.
import machine

low = high = 0


def tick(timer):
    assert low == high


def raise_high():
    global high
    state = machine.disable_irq()
    high += 1
    machine.enable_irq(state)


def main():
    global low
    state = machine.disable_irq()
    low += 1
    raise_high()
    machine.enable_irq(state)


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
