# The cure for issue_6691_before.py: the handler tries a mutex without waiting, and leaves what it could not do to
# main code, which does it when it is out of the mutex.

import mutex
import pyb
import time

m = mutex.Mutex()
counts = [0, 0]
fired = 0
put_off = 0
made_up = 0


def tick(timer):
    global fired, put_off
    fired += 1
    if m.test():
        counts[0] += 1
        counts[1] += 1
        m.release()
    else:
        put_off += 1


timer = pyb.Timer(4, freq=500, callback=tick)

rounds = 0
end = time.ticks_add(time.ticks_ms(), 200)
while time.ticks_diff(end, time.ticks_ms()) > 0:
    with m:
        counts[0] += 1
        counts[1] += 1
        rounds += 1
        time.sleep_ms(3)
        # Only main code writes made_up, only the handler put_off: neither count can be lost.
        while made_up != put_off:
            counts[0] += 1
            counts[1] += 1
            made_up += 1
    time.sleep_ms(3)
timer.deinit()

while made_up != put_off:
    counts[0] += 1
    counts[1] += 1
    made_up += 1
print("%d rounds, %d fired, of these %d put off; counted %d and %d" % (rounds, fired, put_off, counts[0], counts[1]))
