# board: pyboard
# A button that bounces. Each edge starts a timer anew; only when the line has been quiet for so long does the button
# count. Run it with --scene examples/debounced_button.toml, which presses it five times.

import time
from machine import Pin, Timer

QUIET_MS = 10

button = Pin("X1", Pin.IN, Pin.PULL_UP)
timer = Timer(-1)
edges = 0
presses = 0
pressed = False


def settled(_):
    global pressed, presses
    down = button.value() == 0
    if down and not pressed:
        presses += 1
    pressed = down


def edge(_):
    global edges
    edges += 1
    timer.init(mode=Timer.ONE_SHOT, period=QUIET_MS, callback=settled)


button.irq(edge, Pin.IRQ_FALLING | Pin.IRQ_RISING)
time.sleep_ms(600)
button.irq(None)
print("%d presses" % presses)
print("more edges than that:", edges > 2 * presses)
