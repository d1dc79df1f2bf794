# check: clean complete executions=6
# check: --irqs 1: clean complete executions=3
# check: --irqs 3: clean complete executions=10
# Main code increments with interrupts off, so the handler finds each increment done or not begun. K sections have K +
# 1 gaps, which M firings share in C(K + M, M) ways.
import machine

K = 2
v = 0


def tick(timer):
    global v
    v += 1


def main():
    global v
    for _ in range(K):
        state = machine.disable_irq()
        v += 1
        machine.enable_irq(state)


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
