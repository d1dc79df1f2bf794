# Locks with time limits (S16-S19). Fractions of a second are powers of two, exact in single precision as well.

import _thread
import gc
import time

# How late a wait may end on a machine that has other things to do.
LATE_US = 200000


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


def timed_acquire(lock, *args, **kwargs):
    """What acquire gives, and after how many microseconds."""
    start = time.ticks_us()
    got = lock.acquire(*args, **kwargs)
    return got, time.ticks_diff(time.ticks_us(), start)


def check_times_out(what, timeout_us, outcome):
    if not isinstance(outcome, tuple):
        check("S16", False, "%s: %r" % (what, outcome))
        return
    got, elapsed_us = outcome
    check("S16", got is False, "%s gives False" % what)
    check("S16", elapsed_us >= timeout_us, "%s ends too early, after %d us" % (what, elapsed_us))
    check("S16", elapsed_us < timeout_us + LATE_US, "%s ends too late, after %d us" % (what, elapsed_us))


def test_timeout_passes():
    lock = locked_lock()
    for timeout in (0.03125, 0.0625, 0.125, 0.25, 1, 1.125):
        outcome = in_thread(timed_acquire, lock, 1, timeout)
        check_times_out("acquire(1, %s)" % timeout, int(timeout * 1000000), outcome)
        check("S16", lock.locked(), "a wait that times out changes nothing")
    outcome = in_thread(lambda: timed_acquire(lock, timeout=0.125))
    check_times_out("acquire(timeout=0.125)", 125000, outcome)
    outcome = in_thread(lambda: timed_acquire(lock, waitflag=1, timeout=0.125))
    check_times_out("acquire(waitflag=1, timeout=0.125)", 125000, outcome)


def test_timeout_of_the_main_thread():
    lock = locked_lock()
    done = []

    def rescue():
        # Where time limits do not work, the main thread must not wait for ever.
        if not wait_until(lambda: done, 3):
            lock.release()

    _thread.start_new_thread(rescue, ())
    outcome = timed_acquire(lock, 1, 0.125)
    done.append(True)
    check_times_out("acquire(1, 0.125) in the main thread", 125000, outcome)


def test_tiny_timeouts():
    lock = locked_lock()
    for timeout in (0, 0.0, 1e-30, 1e-9, 1e-6, 0.0009765625):
        what = "acquire(1, %r)" % timeout
        check_times_out(what, int(timeout * 1000000), in_thread(timed_acquire, lock, 1, timeout))
    lock.release()
    for timeout in (0, 0.0, 1e-30, 1e-9, 1e-6):
        check("S16", in_thread(lock.acquire, 1, timeout) is True, "a try with %r takes a free lock" % timeout)
        check("S16", lock.locked(), "and has it")
        lock.release()


def test_lock_comes_free():
    lock = locked_lock()
    for timeout in (5, 5.0):
        outcomes = []
        _thread.start_new_thread(lambda: outcomes.append(timed_acquire(lock, 1, timeout)), ())
        time.sleep_ms(60)
        check("S16", not outcomes, "a timed wait waits")
        lock.release()
        check("S16", wait_until(lambda: outcomes), "it ends when the lock comes free")
        check("S16", outcomes[0][0] is True, "it gives True then")
        check("S16", outcomes[0][1] < 2000000, "and well before its time: %d us" % outcomes[0][1])
        check("S16", lock.locked(), "and has the lock")


def test_many_waits_at_once():
    lock = locked_lock()
    outcomes = []

    def wait(i):
        outcomes.append((i, timed_acquire(lock, 1, i / 32)))

    # The shortest wait starts last, so that none can rely on the order of arrival.
    for i in range(6, 0, -1):
        _thread.start_new_thread(wait, (i,))
    check("S16", wait_until(lambda: len(outcomes) == 6), "several waits for one lock all end")
    for i, outcome in outcomes:
        check_times_out("one of six waits, of %d/32 s" % i, i * 31250, outcome)
    lock.release()
    check("S16", lock.acquire(0) is True, "the lock is free after them")


def test_release_at_the_last_moment():
    # Either the waiter has the lock and says so, or it has not and says so.
    lock = locked_lock()
    outcomes = []

    def wait():
        outcomes.append(lock.acquire(1, 0.015625))

    counts = [0, 0]
    for i in range(40):
        _thread.start_new_thread(wait, ())
        time.sleep_ms(14)
        # A little later each time, to sweep over the moment at which the time is up.
        start = time.ticks_us()
        while time.ticks_diff(time.ticks_us(), start) < i * 80:
            pass
        lock.release()
        if not wait_until(lambda: outcomes):
            check("S16", False, "a wait of 1/64 s does not end")
            return
        got = outcomes.pop()
        counts[got] += 1
        if got is not lock.locked():
            check("S16", False, "acquire gave %r, the lock is the other way" % got)
            return
        if not got:
            lock.acquire()
    check("S16", sum(counts) == 40, "every last moment ends well")


def test_negative():
    lock = locked_lock()
    timeouts = [-1, -1.0, -0.5, -1e-9, -1000, -(1 << 29), -1e20, float("-inf")]
    results = []

    def wait(timeout):
        try:
            got = lock.acquire(1, timeout)
        except Exception as e:
            got = e
        results.append((timeout, got))
        if got is True:
            lock.release()

    for timeout in timeouts:
        _thread.start_new_thread(wait, (timeout,))
    time.sleep_ms(100)
    check("S17", not results, "negative timeouts wait: %r" % results)
    lock.release()
    check("S17", wait_until(lambda: len(results) == len(timeouts)), "until the lock is free")
    for timeout, got in results:
        check("S17", got is True, "acquire(1, %r) gives True: %r" % (timeout, got))
    got = in_thread(lambda: lock.acquire(timeout=-3))
    check("S17", got is True, "the same by keyword: %r" % got)


def huge_integers():
    """Integers too large for any clock, where the board has them."""
    try:
        n = 1
        for _ in range(80):
            n *= 2
        return [n, n * n]
    except OverflowError:
        return []


def test_no_wait_with_timeout():
    for lock in (_thread.allocate_lock(), locked_lock()):
        before = lock.locked()
        for timeout in (0, 0.0, 1, 0.5, 5, -2, -0.5):
            for flag in (0, False):
                what = "acquire(%r, %r) is ValueError" % (flag, timeout)
                check_raises("S18", ValueError, what, lock.acquire, flag, timeout)
            what = "acquire(waitflag=0, timeout=%r) is ValueError" % timeout
            check_raises("S18", ValueError, what, lock.acquire, waitflag=0, timeout=timeout)
            check("S18", lock.locked() is before, "and changes nothing")
            if lock.locked() is not before:
                return
        got = in_thread(lock.acquire, 0, -1)
        check("S18", got is not before, "acquire(0, -1) is acquire(0): %r" % got)


def test_wrong_timeouts():
    most = _thread.TIMEOUT_MAX
    check("S19", isinstance(most, (int, float)) and most >= 60, "TIMEOUT_MAX is a number of seconds")
    too_long = [most * 2, most * 2.0, float("inf")] + huge_integers()
    for lock in (_thread.allocate_lock(), locked_lock()):
        before = lock.locked()
        for kind, timeouts in (
            (OverflowError, too_long),
            (ValueError, [float("nan")]),
            (TypeError, ["1", b"1", None, [], (1,), {}, lock, 1j]),
        ):
            for timeout in timeouts:
                got = in_thread(lock.acquire, 1, timeout)
                check("S19", isinstance(got, kind), "acquire(1, %r) is %s: %r" % (timeout, kind.__name__, got))
                if lock.locked() is not before:
                    check("S19", False, "acquire(1, %r) changed the lock" % (timeout,))
                    return
    lock = _thread.allocate_lock()
    check("S19", in_thread(lock.acquire, 1, most) is True, "TIMEOUT_MAX itself is allowed")


run(
    ("S16", test_timeout_passes),
    ("S16", test_tiny_timeouts),
    ("S16", test_lock_comes_free),
    ("S16", test_many_waits_at_once),
    ("S16", test_release_at_the_last_moment),
    ("S17", test_negative),
    ("S18", test_no_wait_with_timeout),
    ("S19", test_wrong_timeouts),
    ("S16", test_timeout_of_the_main_thread),
)
