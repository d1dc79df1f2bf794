# board: pycom
# The interrupt thread: calls come one after the other, so many wait, and a failure ends it.

import _thread
import micropython
import sys
import time
from machine import Pin, Timer, disable_irq, enable_irq

PLACES = 32


def wait_for(condition, most_ms=1000):
    start = time.ticks_ms()
    while not condition() and time.ticks_diff(time.ticks_ms(), start) < most_ms:
        time.sleep_ms(1)
    assert condition()


# One thread of its own calls all handlers, one at a time.
threads = set()
inside = 0
most_inside = 0
ends = 0


def slow(_):
    global inside, most_inside, ends
    threads.add(_thread.get_ident())
    inside += 1
    most_inside = max(most_inside, inside)
    time.sleep_ms(2)
    inside -= 1
    ends += 1


alarms = [Timer.Alarm(slow, ms=1) for _ in range(8)]
wait_for(lambda: ends == 8)
assert most_inside == 1
assert len(threads) == 1 and _thread.get_ident() not in threads

# A handler may wait for a lock; what comes meanwhile waits in the queue, and no more than there are places.
lock = _thread.allocate_lock()
lock.acquire()
calls = 0


def blocked(_):
    global calls
    with lock:
        calls += 1


pin = Pin("P9", mode=Pin.OUT, value=0)
pin.callback(Pin.IRQ_RISING, blocked)
pin(1)
time.sleep_ms(20)  # the first call has left the queue, and waits for the lock
for _ in range(3 * PLACES):
    pin(0)
    pin(1)
    time.sleep_us(1)
time.sleep_ms(20)
assert calls == 0
lock.release()
wait_for(lambda: calls == 1 + PLACES)
time.sleep_ms(20)
assert calls == 1 + PLACES, calls

# What waits is called with the handler of that time: none, once it is removed.
lock.acquire()
calls = 0
pin(0)
pin(1)
time.sleep_ms(20)
pin(0)
pin(1)
pin.callback(Pin.IRQ_RISING, None)
lock.release()
time.sleep_ms(20)
assert calls == 1, calls

# Nothing is posted while interrupts are disabled.
calls = 0
alarm = Timer.Alarm(blocked, ms=2)
state = disable_irq()
start = time.ticks_ms()
while time.ticks_diff(time.ticks_ms(), start) < 10:
    pass
assert calls == 0
enable_irq(state)
wait_for(lambda: calls == 1)
disable_irq()
enable_irq()

# What a callback schedules runs, though every thread of the program waits.
scheduled_at = []


def schedule_one(_):
    micropython.schedule(lambda _: scheduled_at.append(time.ticks_ms()), None)


alarm = Timer.Alarm(schedule_one, ms=2)
start = time.ticks_ms()
time.sleep_ms(200)
assert time.ticks_diff(scheduled_at[0], start) < 100

# SystemExit ends the call, not the thread.
def leave(_):
    sys.exit()


alarm = Timer.Alarm(leave, ms=1)
time.sleep_ms(10)
alarm = Timer.Alarm(blocked, ms=1)
wait_for(lambda: calls == 2)


# Any other exception ends the thread: no callback runs any more.
def fail(_):
    raise ValueError("on purpose")


alarm = Timer.Alarm(fail, ms=1)
time.sleep_ms(20)
alarm = Timer.Alarm(blocked, ms=1)
pin.callback(Pin.IRQ_RISING, blocked)
pin(0)
pin(1)
time.sleep_ms(50)
assert calls == 2, calls
print("ok")
