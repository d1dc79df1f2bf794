# check: error assertion line=13 preemptions=0 interrupts=1
# options: --preemptions 1
# The timer is disarmed in the end; its handler can have run before, which a search within a bound has to look for, too.
import machine

n = 0


def tick(timer):
    global n
    if n == 1:
        n = 0
        assert False


timer = machine.Timer(-1)
timer.init(period=2, callback=tick, hard=True)
n = 1
timer.deinit()
