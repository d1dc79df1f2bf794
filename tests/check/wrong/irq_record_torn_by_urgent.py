# check: error assertion line=27 preemptions=0 interrupts=2
# options: --irqs 1
# A handler writes a record in two parts, and a more urgent one compares them. Fails when it comes between the two.
import heddle
import pyb

part = [0, 0]
torn = False


def edge(line):
    part[0] = 1
    part[1] = 1


def tick(timer):
    global torn
    if part[0] != part[1]:
        torn = True


timer = pyb.Timer(4, freq=1000, callback=tick)
line = pyb.ExtInt("X5", pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, edge)


def check():
    assert not torn


heddle.at_end(check)
