# check: error assertion line=11
# The second call of a timer comes when every thread has ended, on the main thread.
from machine import Timer

calls = 0


def call(timer):
    global calls
    calls += 1
    assert calls < 2


Timer(-1).init(period=10, callback=call)
