# A record shared by a main loop and the hard handler of a pin. A timer drives the pin X1, as something on the board
# would; the edge interrupts the main loop wherever it is.

import mutex
import pyb
from machine import Pin

EDGES = 500

m = mutex.Mutex()

# Each field is the same number, unless the record is torn.
record = [0, 0, 0]
fired = 0
updated = 0
deferred = 0


def on_edge(pin):
    global fired, updated, deferred
    fired += 1
    if m.test():
        for i in range(3):
            record[i] += 1
        updated += 1
        m.release()
    else:
        deferred += 1


pin = Pin("X1", Pin.OUT, value=0)
pin.irq(on_edge, Pin.IRQ_RISING | Pin.IRQ_FALLING, hard=True)


def drive(timer):
    pin.value(not pin.value())
    if fired >= EDGES - 1:
        timer.callback(None)


pyb.Timer(4, freq=1000, callback=drive)

torn = 0
while fired < EDGES:
    with m:
        first = record[0]
        for _ in range(200):
            pass
        if record != [first, first, first]:
            torn += 1
    # Out of the mutex for about as long.
    for _ in range(200):
        pass

print("%d fired: %d updated, %d deferred, %d torn" % (fired, updated, deferred, torn))
