# board: pyboard
# What is left of the program, and of others' exceptions, when a handler fails; handlers where little stack is left.
import _thread
import micropython
import time
from machine import Timer

timer = Timer(-1)
beat = [0]


def step(_):
    beat[0] += 1


def once(handler, hard=True):
    timer.init(mode=Timer.ONE_SHOT, period=1, callback=handler, hard=hard)
    time.sleep_ms(10)


def spin(ms):
    end = time.ticks_add(time.ticks_ms(), ms)
    while time.ticks_diff(end, time.ticks_ms()) > 0:
        pass


def check_all_is_well():
    before = beat[0]
    spin(20)
    assert beat[0] > before
    called = []
    micropython.schedule(called.append, 1)
    time.sleep_ms(1)
    assert called and isinstance([called], list)


pulse = Timer(-1)
pulse.init(period=1, callback=step, hard=True)

# ---- an exception that cannot be printed ends its print, and nothing else


class Unprintable(Exception):
    def __repr__(self):
        raise ValueError


unprintable = Unprintable()


def fail(_):
    raise unprintable


once(fail)
check_all_is_well()
timer.init(mode=Timer.ONE_SHOT, period=1, callback=fail, hard=True)
spin(10)
check_all_is_well()
once(fail, hard=False)
micropython.schedule(fail, None)
spin(10)
check_all_is_well()

# ---- an exception that a handler has raised can be raised again where there is heap


def raise_again(depth):
    if depth:
        raise_again(depth - 1)
    raise unprintable


for _ in range(3):
    try:
        raise_again(5)
    except Unprintable as error:
        assert error is unprintable

# ---- a handler has stack of its own, however deep the code is that it interrupts


def nested(depth):
    return nested(depth - 1) if depth else beat[0]


def step_deep(_):
    nested(4)
    beat[0] += 1


def dive():
    dive()


def exhaust():
    end = time.ticks_add(time.ticks_ms(), 300)
    while time.ticks_diff(end, time.ticks_ms()) > 0:
        try:
            dive()
        except RuntimeError:
            pass
    ended.append(1)


ended = []
pulse.init(period=1, callback=step_deep, hard=True)
_thread.stack_size(4096)
_thread.start_new_thread(exhaust, ())
while not ended:
    time.sleep_ms(1)
check_all_is_well()

# ---- where the heap is locked, the interrupted code's exception stays its own

empty = {}
nothing = []


def look_up(_):
    try:
        empty[0]
    except KeyError:
        pass


def is_ours():
    try:
        nothing[0]
    except IndexError:
        return True
    except KeyError:
        return False


pulse.init(period=1, callback=look_up, hard=True)
end = time.ticks_add(time.ticks_ms(), 500)
micropython.heap_lock()
ours = True
while ours and time.ticks_diff(end, time.ticks_ms()) > 0:
    ours = is_ours()
micropython.heap_unlock()
assert ours

# ---- within a comparison that holds the threads up, a sleep lets handlers come


class Sleeper:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        before = beat[0]
        time.sleep_ms(50)
        seen.append(beat[0] - before)
        return False


seen = []
pulse.init(period=1, callback=step, hard=True)
assert Sleeper() not in {Sleeper(): 1}
assert seen[0] > 10, seen

# ---- a frequency whose period no clock can count is refused

for freq in (1e-10, 1e-300):
    try:
        timer.init(freq=freq, callback=step)
    except ValueError as error:
        assert error.args[0] == "period too large"
    else:
        assert False, freq

pulse.deinit()
print("ok")
