# A record shared by a main loop and the handler of a timer, which comes between any two bytecodes and must not wait.
# It updates the record only if the main loop is not in the middle of it, and otherwise puts the update off.

import mutex
import pyb

INTERRUPTS = 500

m = mutex.Mutex()

# Each field is the same number, unless the record is torn.
record = [0, 0, 0]
fired = 0
updated = 0
deferred = 0


def tick(timer):
    global fired, updated, deferred
    fired += 1
    if m.test():
        for i in range(3):
            record[i] += 1
        updated += 1
        m.release()
    else:
        deferred += 1
    if fired == INTERRUPTS:
        timer.callback(None)


pyb.Timer(4, freq=1000, callback=tick)

torn = 0
while fired < INTERRUPTS:
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
