# check: clean complete executions=2
# A timer that expires within a sleep has fired when the sleep ends, and fires no more. Its call runs where the sleep
# begins, or later in it.
import time
from machine import Timer

done = 0


def tick(timer):
    global done
    done += 1


Timer(-1).init(mode=Timer.ONE_SHOT, period=10, callback=tick)
time.sleep_ms(500)
assert done == 1
done += 1
