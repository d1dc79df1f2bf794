# check: clean complete
# check: maybe data-race
# Main code reads a record of two fields again until no handler has come between.
import machine

version = low = high = 0


def tick(timer):
    global version, low, high
    low += 1
    high += 1
    version += 1


def read():
    while True:
        before = version
        pair = (low, high)
        if before == version:
            return pair


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
pair = read()
assert pair[0] == pair[1]
