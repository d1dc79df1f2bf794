# check: clean complete
# check: maybe data-race
# A one-shot fires once, or not at all when it is stopped before.
import machine

fired = 0


def tick(timer):
    global fired
    fired += 1


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
before = fired
timer.deinit()
assert before <= fired <= 1
