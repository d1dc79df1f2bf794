# check: error assertion line=23 interrupts=1
# The loop's turns end as they began, but in the middle of one the handler finds what must not be seen.
import machine

busy = False
fired = 0


def tick(timer):
    global fired
    fired += 1
    look()


timer = machine.Timer(-1)


def work():
    global busy


def look():
    assert not busy


timer.init(period=1, callback=tick, hard=True)
while fired < 100:
    work()
    busy = True
    busy = False
timer.deinit()
