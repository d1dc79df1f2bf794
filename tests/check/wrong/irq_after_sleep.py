# check: error lost-update line=18 preemptions=0 interrupts=2
# check: executions=4
# The timer fires once while the main thread sleeps for a period, and a second time anywhere: before or in the increment,
# after it, or not at all before it is disarmed. So there are 4 executions.
import pyb
import time

v = 0


def tick(timer):
    global v
    v += 1


timer = pyb.Timer(4, freq=1000, callback=tick)
time.sleep_ms(1)
v += 1
timer.callback(None)
