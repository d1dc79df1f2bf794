# check: error lost-update line=21 preemptions=0 interrupts=1
# check: --irqs 1: executions=5
# check: --irqs 2: executions=15
# check: --irqs 3: executions=35
# Main code and a handler increment: 2K accesses have 2K + 1 gaps, which M firings share in C(2K + M, M) ways. Fails
# when the handler comes between the reading and the writing.
import machine

K = 2
v = 0


def tick(timer):
    global v
    v += 1


def main():
    global v
    for _ in range(K):
        v += 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
