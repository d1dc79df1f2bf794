# check: error livelock line=9 preemptions=0 interrupts=1
# A handler waits in a loop for the code that it interrupts.
import machine

ready = False


def tick(t):
    while not ready:
        pass


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
ready = True
