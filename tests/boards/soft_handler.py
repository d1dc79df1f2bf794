# board: pyboard
# Scheduled handlers: one at a time, from a queue of the board's depth, with the heap (M6).
import _thread
import machine
import micropython
import mutex
import time
from machine import Timer

DEPTH = 8

# ---- the queue holds DEPTH calls, then RuntimeError

order = []
state = machine.disable_irq()
machine.enable_irq(state)


def fill():
    for i in range(DEPTH):
        micropython.schedule(order.append, i)
    try:
        micropython.schedule(order.append, DEPTH)
    except RuntimeError as error:
        return error.args[0]


# No callback comes between these: no jump of this line is taken before the queue is full, and a callback that runs
# keeps the others waiting.
text = []


def from_callback(_):
    text.append(fill())


micropython.schedule(from_callback, None)
while len(order) < DEPTH:
    pass
assert text == ["schedule queue full"] and order == list(range(DEPTH)), (text, order)

# ---- a soft handler may allocate, and has the timer as its argument

timer = Timer(-1)
got = []
timer.init(period=1, callback=got.append)
while len(got) < 3:
    pass
timer.deinit()
assert got[0] is timer

# ---- callbacks run one at a time, and while the main program waits

inside = [0]
most = [0]
runs = [0]


def slow(_):
    inside[0] += 1
    most[0] = max(most[0], inside[0])
    time.sleep_ms(2)
    inside[0] -= 1
    runs[0] += 1


timer.init(period=1, callback=slow)
time.sleep_ms(30)
lock = _thread.allocate_lock()
lock.acquire()
assert not lock.acquire(True, 0.03)
timer.deinit()
assert most[0] == 1 and runs[0] >= 5, (most, runs)

# ---- what finds the queue full is dropped, and counted

import heddle.board as board

before = board.statistics().dropped


def block(_):
    for _ in range(2 * DEPTH):
        time.sleep_ms(2)


timer.init(period=1, callback=slow)
micropython.schedule(block, None)
time.sleep_ms(60)
timer.deinit()
assert board.statistics().dropped > before

# ---- waiting for a mutex of the interrupted thread is RuntimeError, and says who holds it

m = mutex.Mutex()
said = []


def enter(_):
    try:
        with m:
            said.append("entered")
    except RuntimeError as error:
        said.append(error.args[0])


time.sleep_ms(20)
with m:
    timer.init(mode=Timer.ONE_SHOT, period=1, callback=enter)
    while not said:
        pass
assert "would wait for ever" in said[0] and "main thread holds it since line" in said[0], said

# ---- what a timer puts off counts, also when it has given its place away before its call


def try_it(_):
    said.append(m.test())


before = board.statistics().deferred
said.clear()
with m:
    while len(said) < 3:
        timer.init(mode=Timer.ONE_SHOT, period=1, callback=try_it)
        time.sleep_ms(5)
assert said == [False] * 3 and board.statistics().deferred == before + 3, said

# ---- what is no handler's puts nothing of a handler's off

with m:
    micropython.schedule(try_it, None)
    time.sleep_ms(1)
assert said == [False] * 4 and board.statistics().deferred == before + 3
print("ok")
