# check: clean complete
# check: maybe data-race
# A loop that waits for a flag, and for so long.
import _thread
import time

ready = False
value = 0


def work():
    global ready, value
    value = 5
    ready = True


_thread.start_new_thread(work, ())
end = time.ticks_add(time.ticks_ms(), 20)
while not ready and time.ticks_diff(end, time.ticks_ms()) > 0:
    pass
assert not ready or value == 5
