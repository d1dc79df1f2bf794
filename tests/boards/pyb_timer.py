# board: pyboard
# pyb.Timer: registers, counting, callbacks.

import micropython
import time

import pyb
from pyb import Timer


def check_raises(kind, text, function):
    try:
        function()
    except kind as e:
        assert str(e) == text, (str(e), text)
    else:
        assert False, text


def test_sources():
    for number in range(1, 15):
        fast = number in (1, 8, 9, 10, 11)
        assert Timer(number).source_freq() == (168000000 if fast else 84000000), number


def test_registers():
    t = Timer(4, freq=100)
    assert (t.freq(), t.prescaler(), t.period()) == (100, 24, 33599), t
    assert str(t) == "Timer(4, freq=100, prescaler=24, period=33599, mode=UP, div=1)", t
    t.init(period=10, tick_hz=1000)
    assert t.freq() == 100 and str(t)[:15] == "Timer(4, freq=1"
    t.init(prescaler=83, period=999, mode=Timer.CENTER, div=2)
    assert (t.prescaler(), t.period(), t.freq()) == (83, 999, 1000)
    assert str(t) == "Timer(4, freq=1000, prescaler=83, period=999, mode=CENTER, div=2)", t
    t.init(freq=0.5)
    assert t.freq() == 0.5
    t.prescaler(300)
    t.period(400)
    assert (t.prescaler(), t.period()) == (300, 400)
    wide = Timer(2, freq=1)
    assert (wide.prescaler(), wide.period()) == (0, 83999999), wide
    paired = Timer(8, freq=1000, deadtime=300, brk=Timer.BRK_HIGH)
    assert str(paired)[-27:] == "deadtime=296, brk=BRK_HIGH)", paired
    for used in (t, wide, paired):
        used.deinit()
    assert str(t) == "Timer(4)", t


def test_one_object_a_timer():
    t = Timer(7, freq=10)
    assert Timer(7) is t and t.freq() == 10
    t.deinit()


def test_errors():
    check_raises(ValueError, "Timer(0) doesn't exist", lambda: Timer(0))
    check_raises(ValueError, "Timer(15) doesn't exist", lambda: Timer(15))
    check_raises(ValueError, "must have positive freq", lambda: Timer(4, freq=0))
    check_raises(ValueError, "must have positive freq", lambda: Timer(4, freq=-0.5))
    check_raises(ValueError, "must have positive freq", lambda: Timer(4, period=0))
    check_raises(ValueError, "freq too high for this timer", lambda: Timer(4, freq=84000000))
    check_raises(ValueError, "freq too low for this timer", lambda: Timer(4, freq=0.001))
    check_raises(ValueError, "period too large", lambda: Timer(4, period=1000000000))
    check_raises(ValueError, "period must be 1 to 0xffff", lambda: Timer(4, prescaler=0, period=0))
    check_raises(ValueError, "prescaler must be 0 to 0xffff", lambda: Timer(4, prescaler=65536, period=1))
    check_raises(ValueError, "invalid mode (1)", lambda: Timer(4, freq=1, mode=1))
    check_raises(ValueError, "callback must be None or a callable object", lambda: Timer(4, freq=1, callback=1))
    check_raises(
        TypeError, "must specify either freq, period, or prescaler and period", lambda: Timer(4, prescaler=1)
    )
    Timer(4).deinit()


def wait_until(condition, limit_ms=2000):
    start = time.ticks_ms()
    while not condition():
        assert time.ticks_diff(time.ticks_ms(), start) < limit_ms
        time.sleep_ms(1)


calls = 0
first_us = 0
argument = None
context = None


def count(t):
    global calls, first_us, argument
    if calls == 0:
        first_us = time.ticks_us()
    argument = t
    calls += 1


def is_locked():
    try:
        [calls]
    except MemoryError:
        return True
    return False


def note_context(t):
    global context
    context = is_locked()
    t.callback(None)


def test_callback():
    global calls, first_us
    calls = 0
    start = time.ticks_us()
    t = Timer(4, freq=50, callback=count)
    wait_until(lambda: calls >= 3)
    assert argument is t
    assert time.ticks_diff(first_us, start) >= 20000
    assert time.ticks_diff(time.ticks_us(), start) >= 60000
    t.callback(None)
    before = calls
    pyb.delay(50)
    assert calls == before
    t.callback(count)
    wait_until(lambda: calls > before)
    t.init(freq=100)  # and it is called on
    before = calls
    wait_until(lambda: calls > before)
    t.deinit()
    before = calls
    pyb.delay(30)
    assert calls == before


def test_callback_is_hard():
    t = Timer(4, freq=100, callback=note_context)
    wait_until(lambda: context is not None)
    assert context is True
    t.deinit()


def test_failing_callback():
    global calls
    calls = 0

    def fail(t):
        global calls
        calls += 1
        raise ValueError("on purpose")

    t = Timer(4, freq=200, callback=fail)
    wait_until(lambda: calls > 0)
    pyb.delay(20)
    assert calls == 1
    t.deinit()


def test_masked():
    global calls
    calls = 0
    t = Timer(4, freq=500, callback=count)
    state = pyb.disable_irq()
    start = time.ticks_us()
    while time.ticks_diff(time.ticks_us(), start) < 20000:
        pass
    assert calls == 0
    pyb.enable_irq(state)
    pyb.delay(1)
    assert 1 <= calls
    t.deinit()


def test_counter():
    # A tick is a tenth of a millisecond.
    t = Timer(4, prescaler=8399, period=9999)
    start = time.ticks_us()
    assert t.counter() <= 2000
    pyb.delay(30)
    counter = t.counter()
    elapsed = time.ticks_diff(time.ticks_us(), start)
    assert 299 <= counter <= elapsed // 100 + 2, (counter, elapsed)
    t.counter(5000)
    assert 5000 <= t.counter() < 8000
    t.deinit()
    stopped = t.counter()
    pyb.delay(5)
    assert t.counter() == stopped
    t.init(prescaler=8399, period=9999, mode=Timer.DOWN)
    assert 7000 < t.counter() <= 9999
    pyb.delay(30)
    assert t.counter() <= 9999 - 299
    t.deinit()


def test_center_mode_updates_at_both_ends():
    global calls, first_us
    calls = 0
    # Up in 100 ms, down in 100 ms.
    start = time.ticks_us()
    t = Timer(4, prescaler=8399, period=1000, mode=Timer.CENTER, callback=count)
    wait_until(lambda: calls >= 1)
    assert 100000 <= time.ticks_diff(first_us, start) < 200000
    t.deinit()


def test_new_frequency_counts_from_the_next_update():
    global calls, first_us
    calls = 0
    start = time.ticks_us()
    t = Timer(4, freq=20, callback=count)
    t.freq(500)
    wait_until(lambda: calls >= 1)
    assert time.ticks_diff(first_us, start) >= 50000
    wait_until(lambda: calls >= 5, 1000)
    assert time.ticks_diff(time.ticks_us(), start) < 200000
    t.deinit()


def test_untouched_timer_takes_nothing():
    global calls
    calls = 0
    t = Timer(13)
    assert (t.prescaler(), t.period(), t.counter()) == (0, 0, 0)
    t.freq(1000)
    t.callback(count)
    pyb.delay(10)
    assert calls == 0 and t.period() == 0
    t.callback(None)


micropython.alloc_emergency_exception_buf(200)
test_untouched_timer_takes_nothing()
test_sources()
test_registers()
test_one_object_a_timer()
test_errors()
test_callback()
test_callback_is_hard()
test_failing_callback()
test_masked()
test_counter()
test_center_mode_updates_at_both_ends()
test_new_frequency_counts_from_the_next_update()
print("ok")
