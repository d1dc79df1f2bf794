# check: error assertion line=26 preemptions=0 interrupts=1
# A hard handler counts and schedules a callback that tells so. Fails when the handler comes after the count was read,
# and before the jump behind that, where the callback runs.
import machine
import micropython

count = 0
told = False


def tell(value):
    global told
    told = True


def ring(timer):
    global count
    count += 1
    micropython.schedule(tell, 0)


def look():
    rung = count
    if rung == 0:
        known = told
        assert not known


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=5, callback=ring, hard=True)
look()
timer.deinit()
