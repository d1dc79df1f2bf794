# check: clean complete executions=10
# check: --irqs 1: executions=4
# check: --irqs 3: executions=20
# check: maybe data-race
# Main code disarms the source at its end: the handler runs 0 to m times before, each time in one of three places
# between two writes. So there are C(3 + m, m) executions.
import machine

v = 0


def tick(timer):
    global v
    v = 3


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
v = 1
v = 2
timer.deinit()
