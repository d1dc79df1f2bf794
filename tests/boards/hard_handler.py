# board: pyboard
# What a hard handler may and may not do, and where it comes (M5, M6).
import _thread
import gc
import micropython
import mutex
import time
from machine import Timer

timer = Timer(-1)


def fire_once(handler):
    """Returns when the handler has run."""
    ran = [False]

    def call(t):
        ran[0] = True
        handler(t)

    timer.init(mode=Timer.ONE_SHOT, period=1, callback=call, hard=True)
    while not ran[0]:
        pass


# ---- the heap is locked, and only within the handler

slot = [None] * 4


def depth_of_locks():
    micropython.heap_lock()
    return micropython.heap_unlock()


def look(_):
    slot[0] = depth_of_locks()


fire_once(look)
assert slot[0] == 1 and depth_of_locks() == 0, slot

# ---- an allocation is MemoryError, which the handler may catch


def allocate(_):
    try:
        slot[1] = [1, 2, 3]
    except MemoryError as error:
        slot[2] = "heap is locked" in error.args[0] if error.args else None


fire_once(allocate)
assert slot[1] is None and slot[2] is not None
assert isinstance([1, 2, 3], list)

# ---- test() and release() need no heap, and tell the truth

m = mutex.Mutex()


def take_and_release(_):
    slot[0] = m.test()
    slot[1] = m.test()
    m.release()
    slot[2] = m.test()
    m.release()


fire_once(take_and_release)
assert slot[:3] == [True, False, True]


def try_only(_):
    slot[0] = m.test()


with m:
    fire_once(try_only)
assert slot[0] is False

# The mutex of the main code may be let go by the handler.


def let_go(_):
    m.release()


assert m.test()
fire_once(let_go)
assert m.test()
m.release()

# ---- a wait that could never end is RuntimeError: with, acquire(), acquire() with a timeout


def enter(_):
    try:
        with m:
            slot[0] = "entered"
    except RuntimeError as error:
        slot[0] = error.args[0]


text = "would wait for ever in an interrupt handler"
with m:
    fire_once(enter)
assert slot[0].startswith(text) and "the main thread" in slot[0] and "hard_handler.py" in slot[0], slot[0]
fire_once(enter)
assert slot[0] == "entered"

lock = _thread.allocate_lock()


def acquire(_):
    slot[1] = lock.acquire(0)
    try:
        slot[0] = lock.acquire()
    except RuntimeError as error:
        slot[0] = error.args[0]
    try:
        slot[2] = lock.acquire(True, 1)
    except RuntimeError as error:
        slot[2] = "refused"


with lock:
    fire_once(acquire)
assert slot[0].startswith(text) and slot[1] is False and slot[2] == "refused", slot

# ---- scheduled callbacks wait until the handler is over

order = []


def schedule_and_go_on(_):
    micropython.schedule(order_append, 2)
    slot[0] = len(order)


def order_append(x):
    order.append(x)


fire_once(schedule_and_go_on)
for _ in range(100):
    pass
assert slot[0] == 0 and order == [2]

# ---- it comes between any two bytecodes, not only at jumps: a statement of several is seen half done

a = b = 0
seen = set()
half = [0] * 2


def compare(_):
    half[a != b] += 1


timer.init(period=1, callback=compare, hard=True)
start = time.ticks_ms()
while (not half[0] or not half[1]) and time.ticks_diff(time.ticks_ms(), start) < 20000:
    a += 1
    b += 1
    a += 1
    b += 1
timer.deinit()
assert half[0] and half[1], half

# ---- it preempts every thread, and no other thread runs before it has ended

turns = [0, 0]
stop = False
mixed = [0]


def count(i):
    while not stop:
        turns[i] += 1


def busy(_):
    before = turns[0] + turns[1]
    for _ in range(300):
        pass
    if turns[0] + turns[1] != before:
        mixed[0] += 1
    slot[0] += 1


slot[0] = 0
_thread.start_new_thread(count, (0,))
_thread.start_new_thread(count, (1,))
timer.init(period=1, callback=busy, hard=True)
while slot[0] < 50:
    pass
timer.deinit()
stop = True
assert mixed[0] == 0 and turns[0] and turns[1]

# ---- it runs while the program sleeps, waits for a lock, or idles


def step(_):
    slot[0] += 1


def during(wait):
    slot[0] = 0
    timer.init(period=2, callback=step, hard=True)
    wait()
    timer.deinit()
    return slot[0]


assert during(lambda: time.sleep_ms(40)) >= 5
assert during(lambda: time.sleep(0.04)) >= 5
held = _thread.allocate_lock()
held.acquire()
assert during(lambda: held.acquire(True, 0.04)) >= 5

# ---- with interrupts disabled, nothing comes; then it does

import machine

slot[0] = 0
timer.init(period=1, callback=step, hard=True)
state = machine.disable_irq()
assert machine.disable_irq() != state
before = slot[0]
start = time.ticks_ms()
while time.ticks_diff(time.ticks_ms(), start) < 20:
    pass
assert slot[0] == before
machine.enable_irq(state)
while slot[0] == before:
    pass
timer.deinit()
after = slot[0]
time.sleep_ms(5)
assert slot[0] == after

gc.collect()
print("ok")
