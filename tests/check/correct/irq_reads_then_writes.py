# check: clean complete
# check: maybe data-race
# A handler looks at the mode at its first call and sets it at its second one: the calls have nothing to do with each
# other.
import machine

mode = 0
calls = 0
high = False


def tick(timer):
    global calls, high, mode
    calls += 1
    if calls == 1:
        high = mode > 5
    else:
        mode = 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
mode = 2
mode = 3
