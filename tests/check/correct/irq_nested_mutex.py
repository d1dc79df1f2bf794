# check: clean complete
# check: maybe data-race
# A timer's handler moves the pin whose handler tries the mutex, and is the more urgent one. Whoever waits for the
# handler of the pin and for the mutex waits for the handler first.
import heddle.board as board
import mutex
import pyb

PRESSES = 3

m = mutex.Mutex()
fired = 0


def pressed():
    global fired
    fired += 1
    if m.test():
        m.release()


switch = pyb.Switch()
switch.callback(pressed)
finger = board.pin("SW")


def press_or_let_go(timer):
    finger.value(not finger.value())
    if fired == PRESSES:
        timer.callback(None)


pyb.Timer(4, freq=1000, callback=press_or_let_go)
while fired < PRESSES:
    with m:
        pass
