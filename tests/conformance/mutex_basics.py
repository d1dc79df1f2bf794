# The mutex as one thread sees it (M1-M4, M7).

import _thread
import gc
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


def test_new():
    one, two = mutex.Mutex(), mutex.Mutex()
    check("M1", isinstance(one, mutex.Mutex), "Mutex is the type of a mutex")
    check("M1", one is not two, "each call makes a new one")
    check("M1", one.test() is True and two.test() is True, "new ones are unlocked and independent")
    for args, kwargs in (((1,), {}), ((None,), {}), ((one,), {}), ((1, 2), {}), ((), {"locked": True})):
        what = "Mutex with %r %r is TypeError" % (args, kwargs)
        check_raises("M1", TypeError, what, mutex.Mutex, *args, **kwargs)


def test_test():
    m = mutex.Mutex()
    check("M2", m.test() is True, "test() of an unlocked mutex takes it")
    for _ in range(3):
        check("M2", m.test() is False, "test() of a taken mutex does not, and does not wait")
    m.release()
    check("M2", m.test() is True, "test() takes it again after release()")
    m.release()
    with m:
        check("M2", m.test() is False, "test() in a with block is refused")
    check("M2", m.test() is True, "test() after the block is not")
    check_raises("M2", TypeError, "test() takes no arguments", m.test, 1)


def test_release():
    m = mutex.Mutex()
    for attempt in range(2):
        error = check_raises("M3", RuntimeError, "release() of an unlocked mutex", m.release)
        check("M3", len(str(error)) > 0, "it has a message")
    check("M3", m.test() is True, "the mutex is still unlocked")
    check("M3", m.test() is False, "and only once")
    check("M3", m.release() is None, "release() returns nothing")
    check_raises("M3", RuntimeError, "a second release()", m.release)
    check_raises("M3", TypeError, "release() takes no arguments", m.release, 1)


def test_release_in_block():
    m = mutex.Mutex()
    got = None
    try:
        with m:
            m.release()
    except RuntimeError as e:
        got = e
    check("M3", got is not None, "a block whose mutex is gone ends with RuntimeError")
    check("M3", m.test() is True, "and the mutex is unlocked")


def test_with():
    m = mutex.Mutex()
    with m as entered:
        check("M4", entered is m, "__enter__ returns the mutex")
        check("M4", m.test() is False, "the block holds the mutex")
    check("M4", m.test() is True, "the end of the block lets it go")
    m.release()
    error = ValueError("on purpose")
    got = None
    try:
        with m:
            raise error
    except ValueError as e:
        got = e
    check("M4", got is error, "an exception goes on outside")
    check("M4", m.test() is True, "and lets the mutex go")


def test_with_left_early():
    m = mutex.Mutex()

    def leave():
        with m:
            return m.test()

    check("M4", leave() is False, "the block holds the mutex up to return")
    check("M4", leave() is False, "and return lets it go")
    for i in range(3):
        with m:
            if i == 0:
                continue
            break
    check("M4", i == 1 and m.test() is True, "so do break and continue")


def test_nested():
    outer, inner = mutex.Mutex(), mutex.Mutex()
    with outer, inner:
        check("M4", not outer.test() and not inner.test(), "several mutexes can be held")
    check("M4", outer.test() and inner.test(), "and are all let go")


def hold_and_release(m):
    start = time.ticks_us()
    for _ in range(100):
        with m:
            pass
    return time.ticks_diff(time.ticks_us(), start)


def test_no_wait_alone():
    m = mutex.Mutex()
    elapsed = min(hold_and_release(m) for _ in range(5))
    check("M7", elapsed < 100000, "a hundred with blocks of a mutex of one's own take %d us" % elapsed)


def test_no_wait_with_others():
    # Other threads use, and wait for, another mutex.
    theirs, mine = mutex.Mutex(), mutex.Mutex()
    theirs.test()
    waiting = []
    ended = []

    def use_theirs():
        waiting.append(1)
        with theirs:
            ended.append(1)

    for _ in range(3):
        _thread.start_new_thread(use_theirs, ())
    wait_until(lambda: len(waiting) == 3)
    elapsed = min(hold_and_release(mine) for _ in range(5))
    theirs.release()
    check("M7", elapsed < 100000, "other threads' mutex costs nothing: %d us" % elapsed)
    check("M7", wait_until(lambda: len(ended) == 3), "the other threads get theirs")


run(
    ("M1", test_new),
    ("M2", test_test),
    ("M3", test_release),
    ("M3", test_release_in_block),
    ("M4", test_with),
    ("M4", test_with_left_early),
    ("M4", test_nested),
    ("M7", test_no_wait_alone),
    ("M7", test_no_wait_with_others),
)
