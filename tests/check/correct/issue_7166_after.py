# check: clean complete
# check: maybe data-race
# MicroPython's issue 7166, cured: the button's handler counts an edge, and what has to wait stands in main code.
import machine
import time

edges = 0


def pressed(pin):
    global edges
    edges += 1


def main():
    button.irq(pressed, machine.Pin.IRQ_FALLING, hard=True)
    for _ in range(2):
        before = edges
        time.sleep_ms(20)
        assert edges >= before
    button.irq(None)


button = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)
main()
