# check: error lost-update line=25 preemptions=0 interrupts=1
# A callee turns interrupts on instead of giving back the state that it found. Fails when the handler comes after it.
import pyb

v = log = 0


def tick(timer):
    global v
    v += 1


def note():
    global log
    pyb.disable_irq()
    log += 1
    pyb.enable_irq()


def main():
    global v
    state = pyb.disable_irq()
    t = v
    note()
    v = t + 1
    pyb.enable_irq(state)


pyb.Timer(4, freq=1000, callback=tick)
main()
