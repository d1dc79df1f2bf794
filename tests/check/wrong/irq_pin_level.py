# check: error assertion line=14
# options: --irqs 1
# An edge that raises the interrupt changes what the pin reads. Fails when it comes before the reading.
import machine


def edge(source):
    pass


pin = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)
pin.irq(edge, machine.Pin.IRQ_FALLING, hard=True)
level = pin.value()
assert level == 1
