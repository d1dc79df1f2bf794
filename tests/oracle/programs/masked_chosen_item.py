# With interrupts disabled all is one step: which item it reads, and whether that fails, follows from what it has read.
import _thread
import heddle
import machine
import pyb

n = 1
m = 0
others = [2, 4]
low = machine.Timer(-1)
high = pyb.Timer(4)


def tick(timer):
    global n, m
    n += 1
    n += 1


def urgent(timer):
    global n, m
    m += others[0]


seen = [None] * 2


def work0():
    a = c = None
    try:
        high.deinit()
        state = machine.disable_irq()
        a = others[n]
        machine.enable_irq(state)
    except Exception as error:
        c = type(error).__name__
    seen[0] = (a, c)


def work1():
    global n, m
    a = c = None
    try:
        state = machine.disable_irq()
        n += 1
        machine.enable_irq(state)
        state = machine.disable_irq()
        n += 1
        machine.enable_irq(state)
    except Exception as error:
        c = type(error).__name__
    seen[1] = (a, c)


def end():
    for value in (n, m, seen):
        print(value)


heddle.at_end(end)
low.init(period=2, callback=tick, hard=True)
high.init(freq=1000, callback=urgent)
_thread.start_new_thread(work1, ())
work0()
