# check: clean complete executions=1
# A loop that asks the clock until it is time: virtual time passes when nobody else can go on.
import _thread
import time

ended = [0]


def work():
    end = time.ticks_add(time.ticks_ms(), 20)
    while time.ticks_diff(end, time.ticks_ms()) > 0:
        pass
    ended[0] = time.ticks_ms()


start = time.ticks_ms()
_thread.start_new_thread(work, ())
time.sleep_ms(30)
assert time.ticks_diff(ended[0], start) == 20
