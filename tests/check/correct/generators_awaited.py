# check: clean complete
# check: maybe data-race
# Generators that end, or yield something else, when a handler has set a flag: the loops over them wait.
from machine import Timer

ready = False
done = False


def until_ready():
    while not ready:
        yield


def states():
    yield from until_ready()
    while True:
        yield done


def count(timer):
    global ready, done
    done = ready
    ready = True


Timer(-1, mode=Timer.PERIODIC, period=10, callback=count, hard=True)
for _ in until_ready():
    pass
assert ready
state = states()
while not next(state):
    pass
assert done
