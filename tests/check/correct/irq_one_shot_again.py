# check: clean complete executions=3
# check: maybe data-race
# check: --irqs 1: executions=2
# A handler arms its own one-shot timer anew: it is the same source, which fires as often as others do.
import machine

fired = 0
timer = machine.Timer(-1)


def tick(source):
    global fired
    fired += 1
    timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)


timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
seen = fired
