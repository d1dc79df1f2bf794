# check: error lost-update line=18 preemptions=0 interrupts=1
# Interrupts are on again before the value is written. Fails when the handler comes there.
import machine

v = 0


def tick(timer):
    global v
    v += 1


def main():
    global v
    state = machine.disable_irq()
    t = v
    machine.enable_irq(state)
    v = t + 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
