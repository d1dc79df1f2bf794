# check: error isr-block line=11 preemptions=0 interrupts=1
# MicroPython's issue 7166: a button's handler debounces by sleeping.
import machine
import time

pressed = 0


def button_pressed(pin):
    global pressed
    time.sleep_ms(20)
    pressed += 1


button = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)
button.irq(button_pressed, machine.Pin.IRQ_FALLING, hard=True)
