# machine.Timer over hardware: periods, hard and scheduled callbacks, masks, what handlers may not do (M5, M6).
import _thread
import machine
import micropython
import mutex
import sys
import time
from heddle import board
from machine import Timer

assert board.name == sys.argv[1], board.name

got = []
count = 0


def tick(_):
    global count
    count += 1


def wait_for(ticks):
    """Returns in how many milliseconds they came."""
    global count
    count = 0
    start = time.ticks_us()
    while count < ticks:
        pass
    return time.ticks_diff(time.ticks_us(), start) / 1000


# ---- a period is kept, whatever it is said in

timer = Timer(-1)
for setting, period_ms in (
    ({"period": 5}, 5),
    ({"freq": 500}, 2),
    ({"tick_hz": 1000000, "period": 700}, 0.7),
    ({"tick_hz": 10, "period": 1}, 100),
):
    timer.init(callback=tick, hard=True, **setting)
    wait_for(1)
    taken = wait_for(10)
    assert 9.5 * period_ms < taken < 10.5 * period_ms, (setting, taken)
timer.deinit()
time.sleep_ms(5)
count = 0
time.sleep_ms(5)
assert count == 0

# ---- one shot, and never early

for period in (1, 3, 20):
    start = time.ticks_us()
    timer.init(mode=Timer.ONE_SHOT, period=period, callback=tick, hard=True)
    wait_for(1)
    taken = time.ticks_diff(time.ticks_us(), start)
    assert period * 1000 <= taken < period * 1000 + 1000, (period, taken)
time.sleep_ms(5)
assert count == 1

# ---- no more at once than there is room for; what is let go has room again

timers = [Timer(-1, period=1000, callback=tick) for _ in range(8)]
try:
    Timer(-1, period=1000, callback=tick)
    assert False
except OSError as error:
    assert error.args[0] == 12
for one in timers:
    one.deinit()

# ---- those that come together are all served

counts = [0] * 8


def counter(i):
    def add(_):
        counts[i] += 1

    return add


for i, one in enumerate(timers):
    one.init(period=2, callback=counter(i), hard=True)
time.sleep_ms(41)
for one in timers:
    one.deinit()
assert min(counts) >= 19 and max(counts) <= 21, counts

# ---- a scheduled callback runs where the heap is not locked, with the timer as its argument, also in a sleep

timer.init(period=1, callback=got.append)
time.sleep_ms(10)
timer.deinit()
assert len(got) >= 8 and got[0] is timer, got

# ---- in a hard one the heap is locked, and only there

said = None
timer.init(mode=Timer.ONE_SHOT, period=1, hard=True, callback=lambda t: fail(t))


def fail(_):
    global said
    try:
        [1, 2, 3]
    except MemoryError as error:
        said = error.args[0] == "memory allocation failed, heap is locked"


while said is None:
    pass
assert said is True
assert len([1, 2, 3]) == 3

# ---- what a handler does not catch is printed, and its timer stops


def divide(_):
    tick(_)
    1 // 0


before = board.statistics().fired
timer.init(period=1, hard=True, callback=divide)
time.sleep_ms(10)
assert board.statistics().fired == before + 1

# ---- a handler that recurses gets RuntimeError, whoever it interrupts


def down(n):
    return down(n + 1)


def deep(_):
    global said
    try:
        down(0)
    except RuntimeError:
        said = "too deep"


said = None
timer.init(mode=Timer.ONE_SHOT, period=1, hard=True, callback=deep)


def dive(n):
    if said is None:
        try:
            dive(n + 1)
        except RuntimeError:
            pass


while said is None:
    dive(0)
assert said == "too deep", said

# ---- disabled interrupts come when they are enabled, once

timer.init(tick_hz=1000000, period=300, hard=True, callback=tick)
wait_for(2)
state = machine.disable_irq()
count = 0
inner = machine.disable_irq()
for _ in range(200):
    pass
machine.enable_irq(inner)
for _ in range(200):
    pass
assert count == 0, count
machine.enable_irq(state)
for _ in range(10):
    pass
assert count >= 1
timer.deinit()

# ---- a mutex in a handler: put off, or never waited for

m = mutex.Mutex()
text = None


def enter(_):
    global text
    try:
        with m:
            text = "entered"
    except RuntimeError as error:
        text = error.args[0]


with m:
    timer.init(mode=Timer.ONE_SHOT, period=1, hard=True, callback=enter)
    while text is None:
        pass
assert text.startswith("would wait for ever in an interrupt handler"), text

before = board.statistics().deferred
for hard in (True, False):
    got.clear()
    got.append(None)

    def try_it(_):
        got[0] = m.test()

    with m:
        timer.init(mode=Timer.ONE_SHOT, period=1, hard=hard, callback=try_it)
        while got[0] is None:
            pass
    assert got[0] is False
assert board.statistics().deferred == before + 2

# ---- a release in a handler lets the thread go on that waits

lock = _thread.allocate_lock()
lock.acquire()
passed = []


def wait():
    passed.append(lock.acquire(True, 1))


_thread.start_new_thread(wait, ())
time.sleep_ms(5)
assert not passed
timer.init(mode=Timer.ONE_SHOT, period=1, hard=True, callback=lambda _: lock.release())
time.sleep_ms(10)
assert passed == [True], passed

# ---- handlers come in every thread

stop = False
ended = 0
turns = [0, 0, 0]


def spin(i):
    global ended
    while not stop:
        turns[i] += 1
    ended += 1


timer.init(tick_hz=1000000, period=400, hard=True, callback=tick)
for i in range(3):
    _thread.start_new_thread(spin, (i,))
wait_for(500)
stop = True
while ended < 3:
    time.sleep_ms(1)
timer.deinit()
assert min(turns) > 0, turns

# ---- micropython.schedule in a handler; idle() lets it run

got.clear()
append = got.append  # bound methods are of the heap


def plan(_):
    micropython.schedule(append, 7)


timer.init(mode=Timer.ONE_SHOT, period=2, hard=True, callback=plan)
while not got:
    machine.idle()
assert got == [7]

print("ok", board.statistics().fired)
