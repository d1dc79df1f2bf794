# check: clean complete executions=6
# check: --irqs 1: executions=3
# check: maybe data-race
# Interrupts stay disabled at the end: the handler runs 0 to m times before, each time before or after the write. So there
# are C(2 + m, m) executions.
import machine

v = 0


def tick(timer):
    global v
    v = 3


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
v = 1
machine.disable_irq()
