# A wait lets callbacks of micropython.schedule run (S24). Its other half, Ctrl-C, needs a keyboard.

import _thread
import gc
import micropython
import mutex
import time


checks = 0
failures = 0


def check(clause, condition, what):
    """Counts one check, and says which promise is broken if it fails."""
    global checks, failures
    checks += 1
    if not condition:
        failures += 1
        print("FAIL %s: %s" % (clause, what))


def check_raises(clause, kind, what, function, *args, **kwargs):
    """Checks that the call raises this kind of exception, and gives the exception."""
    got = None
    try:
        function(*args, **kwargs)
    except Exception as e:
        got = e
    check(clause, isinstance(got, kind), "%s (got %r)" % (what, got))
    return got


def wait_until(condition, seconds=10):
    """True as soon as condition() is, False if that takes longer than so many seconds."""
    start = time.ticks_ms()
    while not condition():
        if time.ticks_diff(time.ticks_ms(), start) > seconds * 1000:
            return False
        time.sleep_ms(1)
    return True


def run(*tests):
    """Runs (clause, function) pairs, then prints the verdict."""
    for clause, test in tests:
        gc.collect()
        try:
            test()
        except Exception as e:
            check(clause, False, "%s() stopped with %r" % (test.__name__, e))
    if failures:
        print("FAILED %d of %d" % (failures, checks))
        raise SystemExit(1)
    print("PASS %d checks" % checks)


def in_thread(function, *args):
    """Calls the function in a thread of its own, so that a wait without end stops only that thread.

    Gives the result, or the exception, or "hangs".
    """
    outcome = []

    def body():
        try:
            outcome.append(function(*args))
        except Exception as e:
            outcome.append(e)

    _thread.start_new_thread(body, ())
    return outcome[0] if wait_until(lambda: outcome, 4) else "hangs"


def locked_lock():
    lock = _thread.allocate_lock()
    lock.acquire()
    return lock


class Rescue:
    """Ends a wait that would never end, from another thread, and remembers that it had to."""

    def __init__(self, release):
        self.release = release
        self.needed = True
        self.came = False
        _thread.start_new_thread(self.watch, ())

    def watch(self):
        time.sleep_ms(2000)
        if self.needed:
            self.came = True
            self.release()

    def dismiss(self):
        """Whether the wait ended without help."""
        self.needed = False
        return not self.came


def check_short_wait(lock, what):
    """Waits for the lock, which only a callback releases."""
    start = time.ticks_ms()
    got = lock.acquire(1, 2)
    elapsed = time.ticks_diff(time.ticks_ms(), start)
    check("S24", got is True, what)
    check("S24", elapsed < 1000, "%s, and at once: %d ms" % (what, elapsed))


def test_time_limits():
    # The other tests rely on them, to end at all.
    lock = locked_lock()
    check("S24", in_thread(lock.acquire, 1, 0.01) is False, "acquire(1, 0.01) ends")
    return not failures


def test_timed_wait():
    # There is no other thread here that could run the callback instead.
    lock = locked_lock()
    micropython.schedule(lambda _: lock.release(), None)
    check_short_wait(lock, "a callback runs in acquire(1, 2)")


def test_endless_wait():
    for name in ("acquire", "__enter__"):
        lock = locked_lock()
        rescue = Rescue(lock.release)
        micropython.schedule(lambda _: rescue.needed and lock.release(), None)
        getattr(lock, name)()
        check("S24", rescue.dismiss(), "a callback runs in %s()" % name)
        check("S24", lock.locked(), "%s() has the lock then" % name)


def test_mutex():
    m = mutex.Mutex()
    m.test()
    rescue = Rescue(m.release)
    micropython.schedule(lambda _: rescue.needed and m.release(), None)
    with m:
        check("S24", rescue.dismiss(), "a callback runs in a mutex's wait")
        check("S24", m.test() is False, "the mutex is taken then")


def test_scheduled_by_other_thread():
    lock = locked_lock()

    def later():
        time.sleep_ms(60)
        micropython.schedule(lambda _: lock.release(), None)

    _thread.start_new_thread(later, ())
    check_short_wait(lock, "a callback that comes during a wait runs in it")


def test_wait_goes_on():
    # A callback is not what the wait is waiting for.
    lock = locked_lock()
    ran = []

    def broken(_):
        ran.append(time.ticks_us())
        raise ValueError("on purpose")

    def later():
        for callback in (lambda _: ran.append(time.ticks_us()), broken, broken):
            time.sleep_ms(20)
            micropython.schedule(callback, None)

    _thread.start_new_thread(later, ())
    start = time.ticks_us()
    got = lock.acquire(1, 0.25)
    elapsed = time.ticks_diff(time.ticks_us(), start)
    check("S24", got is False, "a wait with callbacks in it times out all the same")
    check("S24", elapsed >= 250000, "and not before its time: %d us" % elapsed)
    check("S24", elapsed < 450000, "nor long after: %d us" % elapsed)
    check("S24", len(ran) == 3, "its callbacks have run, also those that fail: %d" % len(ran))
    early = all(time.ticks_diff(t, start) < 250000 for t in ran)
    check("S24", early, "they ran while it waited")


def test_several_callbacks():
    # The second lets the lock go: a wait that ran only one of them would last.
    lock, gate = locked_lock(), locked_lock()

    def later():
        micropython.schedule(lambda _: None, None)
        micropython.schedule(lambda _: lock.release(), None)
        gate.acquire(1, 1)

    _thread.start_new_thread(later, ())
    check_short_wait(lock, "a wait runs all callbacks that are queued")


def test_endless_callbacks():
    # One that queues itself again and again must not keep a wait from its end.
    lock = locked_lock()
    ran = []

    def again(_):
        if len(ran) < 10000:
            ran.append(0)
            micropython.schedule(again, None)

    micropython.schedule(again, None)
    start = time.ticks_us()
    check("S24", lock.acquire(1, 0.015625) is False, "a wait ends although callbacks do not")
    check("S24", time.ticks_diff(time.ticks_us(), start) < 1000000, "and ends soon")
    ran.extend([0] * 10000)


def test_callback_that_waits():
    # The wait inside is on another lock and ends by its time limit.
    outer, inner = locked_lock(), locked_lock()
    results = []

    def callback(_):
        results.append(inner.acquire(1, 0.03125))
        outer.release()

    micropython.schedule(callback, None)
    check_short_wait(outer, "a callback in a wait may wait itself")
    check("S24", results == [False], "and its own time limit holds: %r" % results)


if not test_time_limits():
    run()
run(
    ("S24", test_timed_wait),
    ("S24", test_endless_wait),
    ("S24", test_mutex),
    ("S24", test_scheduled_by_other_thread),
    ("S24", test_wait_goes_on),
    ("S24", test_several_callbacks),
    ("S24", test_endless_callbacks),
    ("S24", test_callback_that_waits),
)
