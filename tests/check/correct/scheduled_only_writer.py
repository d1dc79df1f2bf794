# check: clean complete
# check: maybe data-race
# What the handler leaves to micropython.schedule() may use the heap; callbacks come one at a time.
import machine
import micropython

log = []


def note(number):
    log.append("tick %d" % number)


def tick(timer):
    micropython.schedule(note, 1)


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
for _ in range(2):
    assert len(log) <= 2
