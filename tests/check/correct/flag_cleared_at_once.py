# check: clean complete
# check: maybe data-race
# A flag that is cleared before the work is done: one that is set again in between is seen by that work, so the same
# value written over it loses nothing.
import machine

pending = False
arrived = 0
seen = 0


def arrive(timer):
    global pending, arrived
    arrived += 1
    pending = True


def look():
    global pending, seen
    if pending:
        pending = False
        seen = arrived


timer = machine.Timer(-1)
timer.init(period=5, callback=arrive, hard=True)
look()
look()
timer.deinit()
look()
assert seen == arrived
