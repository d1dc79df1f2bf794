# A record shared by a main loop and the handler of the switch, which gets no argument. Whoever presses the switch
# here is a timer, by heddle.board; on a pyboard leave that part out, and press it yourself.

import heddle.board as board
import mutex
import pyb

PRESSES = 200

m = mutex.Mutex()

# Each field is the same number, unless the record is torn.
record = [0, 0, 0]
fired = 0
updated = 0
deferred = 0


def pressed():
    global fired, updated, deferred
    fired += 1
    if m.test():
        for i in range(3):
            record[i] += 1
        updated += 1
        m.release()
    else:
        deferred += 1
    pyb.LED(1).toggle()


finger = board.pin("SW")

switch = pyb.Switch()
switch.callback(pressed)


def press_or_let_go(timer):
    finger.value(not finger.value())
    if fired == PRESSES:
        timer.callback(None)


pyb.Timer(4, freq=1000, callback=press_or_let_go)

torn = 0
while fired < PRESSES:
    with m:
        first = record[0]
        for _ in range(200):
            pass
        if record != [first, first, first]:
            torn += 1
    # Out of the mutex for about as long.
    for _ in range(200):
        pass
switch.callback(None)

print("%d fired: %d updated, %d deferred, %d torn" % (fired, updated, deferred, torn))
