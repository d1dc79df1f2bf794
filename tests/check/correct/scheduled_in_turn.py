# check: clean complete executions=1
# Scheduled callbacks come one at a time, in the order of the calls; one that is scheduled by a callback comes last.
import micropython
import time

order = []


def callback(name):
    for _ in range(2):
        order.append(name)
    if name == "a":
        micropython.schedule(callback, "c")


micropython.schedule(callback, "a")
micropython.schedule(callback, "b")
time.sleep_ms(1)
time.sleep_ms(1)
assert order == ["a", "a", "b", "b", "c", "c"]
