# check: clean complete
# A wait with interrupts disabled that gives up, and loops behind it: none of them is for ever.
import machine

ready = False


def tick(t):
    global ready
    ready = True


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
state = machine.disable_irq()
n = 0
while not ready and n < 1000:
    n += 1


for i in range(100):
    for j in range(3):
        if ready:
            n += 1


machine.enable_irq(state)
