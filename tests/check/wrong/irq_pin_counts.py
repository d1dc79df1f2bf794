# check: error lost-update line=16 preemptions=0 interrupts=1
# A pin's handler counts edges, main code takes the count and sets it to nothing. Fails when an edge comes between.
import machine

edges = 0


def edge(pin):
    global edges
    edges += 1


def take():
    global edges
    n = edges
    edges = 0
    return n


pin = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)
pin.irq(edge, machine.Pin.IRQ_FALLING, hard=True)
take()
