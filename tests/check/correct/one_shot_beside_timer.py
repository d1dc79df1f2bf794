# check: clean complete executions=2
# Whether a timer has fired for the only time makes no difference to setting another one: that is one and the same
# execution. The other one has fired when it is stopped, or has not.
from machine import Timer

count = 0
other_count = 0


def once(timer):
    global count
    count += 1


def again(timer):
    global other_count
    other_count += 1


first = Timer(-1)
second = Timer(-1)
first.init(mode=Timer.ONE_SHOT, period=1, callback=once, hard=True)
second.init(mode=Timer.ONE_SHOT, period=1, callback=again, hard=True)
second.deinit()
second.init(mode=Timer.ONE_SHOT, period=1, callback=again, hard=True)
