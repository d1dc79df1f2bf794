# check: error assertion line=15 preemptions=0 interrupts=2
# Two lines, each with a handler: what one reads of the other's pin depends on whether that had its edge before.
import machine

first = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)
second = machine.Pin("X2", machine.Pin.IN, machine.Pin.PULL_UP)


def fallen(pin):
    pass


def look(pin):
    if second.value() == 0:
        assert False


first.irq(look, machine.Pin.IRQ_FALLING, hard=True)
second.irq(fallen, machine.Pin.IRQ_FALLING, hard=True)
