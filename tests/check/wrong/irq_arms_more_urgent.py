# check: error assertion line=14 preemptions=0 interrupts=2
# The handler arms a more urgent timer, which interrupts it from then on.
import machine
import pyb

low = machine.Timer(-1)
high = pyb.Timer(4)
is_ready = False


def urgent(timer):
    global is_ready
    if not is_ready:
        assert False


def tick(timer):
    global is_ready
    is_ready = False
    high.init(freq=1000, callback=urgent)
    is_ready = True


low.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
