# Locks without time limits (S8, S13-S15, S20-S22).

import _thread
import gc
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


def test_allocate():
    one, two = _thread.allocate_lock(), _thread.allocate_lock()
    check("S8", type(one) is _thread.LockType, "LockType is the type of a lock")
    check("S8", isinstance(two, _thread.LockType), "isinstance() agrees")
    check("S8", not one.locked() and not two.locked(), "a new lock is unlocked")
    check("S8", one is not two, "each call gives a new lock")
    one.acquire()
    check("S8", one.locked() and not two.locked(), "locks are independent")


def test_arguments():
    lock = _thread.allocate_lock()
    for args, kwargs in (
        ((), {}),
        ((1,), {}),
        ((True,), {}),
        ((1, -1), {}),
        ((True, 0.01), {}),
        ((0,), {}),
        ((False, -1), {}),
        ((), {"waitflag": 1}),
        ((), {"waitflag": 0}),
        ((), {"blocking": True}),
        ((), {"blocking": False}),
        ((), {"timeout": -1}),
        ((), {"timeout": 1}),
        ((), {"waitflag": 1, "timeout": 0.01}),
        ((), {"blocking": 1, "timeout": 0.01}),
        ((), {"timeout": -1, "waitflag": 0}),
        ((1,), {"timeout": 0.01}),
    ):
        got = None
        try:
            got = lock.acquire(*args, **kwargs)
        except Exception as e:
            got = e
        check("S13", got is True, "acquire with %r %r takes a free lock: %r" % (args, kwargs, got))
        if lock.locked():
            lock.release()
    for args, kwargs in (((1, -1, 0), {}), ((), {"wait": 1}), ((1,), {"waitflag": 1}), ((1, 1), {"timeout": 1})):
        what = "acquire with %r %r is TypeError" % (args, kwargs)
        check_raises("S13", TypeError, what, lock.acquire, *args, **kwargs)
        check("S13", not lock.locked(), "a wrong call takes nothing")


def test_wait_without_bound():
    lock = locked_lock()
    results = []

    def wait(*args):
        results.append(lock.acquire(*args))

    for args in ((), (1,), (True,), (2,)):
        _thread.start_new_thread(wait, args)
        time.sleep_ms(60)
        check("S14", not results, "acquire%r waits while the lock is taken" % (args,))
        lock.release()
        check("S14", wait_until(lambda: results), "acquire%r ends its wait" % (args,))
        check("S14", results == [True], "acquire%r returns True" % (args,))
        check("S14", lock.locked(), "acquire%r took the lock" % (args,))
        results.clear()


def test_no_wait():
    lock = _thread.allocate_lock()
    for flag in (0, False):
        check("S15", lock.acquire(flag) is True, "a free lock is taken")
        check("S15", lock.locked(), "it is locked then")
        check("S15", in_thread(lock.acquire, flag) is False, "a taken lock is refused")
        check("S15", lock.acquire(flag) is False, "also to the thread that holds it")
        check("S15", lock.locked(), "it stays locked")
        lock.release()


def test_no_wait_by_keyword():
    lock = locked_lock()
    for name in ("waitflag", "blocking"):
        got = in_thread(lambda: lock.acquire(**{name: False}))
        check("S15", got is False, "%s=False does not wait: %r" % (name, got))


def test_release():
    lock = locked_lock()
    check("S20", lock.release() is None and not lock.locked(), "release() unlocks")
    for attempt in range(2):
        error = check_raises("S20", RuntimeError, "release() of an unlocked lock", lock.release)
        check("S20", "lock" in str(error), "its message says so: %r" % str(error))
        check("S20", not lock.locked(), "the lock stays unlocked")
    check("S20", lock.acquire(0) is True, "and can be taken")
    got = in_thread(lock.release)
    check("S20", got is None and not lock.locked(), "another thread can release it: %r" % got)


def test_state():
    lock = _thread.allocate_lock()
    for _ in range(3):
        check("S21", lock.locked() is False, "a free lock is not locked")
        lock.acquire()
        check("S21", lock.locked() is True, "a taken lock is locked")
        check("S21", in_thread(lock.locked) is True, "in other threads, too")
        lock.acquire(0)
        check("S21", lock.locked() is True, "a refused try changes nothing")
        lock.release()


def test_state_at_hand_over():
    # Whoever just got the lock must see it locked and be able to release it, however it was passed on.
    lock = _thread.allocate_lock()
    wrong = []
    ended = []

    def use(me):
        try:
            for i in range(300):
                lock.acquire()
                if not lock.locked():
                    wrong.append("unlocked in its owner's eyes")
                if i % 16 == 0:
                    # Lets the others come and queue.
                    time.sleep_ms(1)
                if lock.acquire(0):
                    wrong.append("taken twice")
                lock.release()
        except Exception as e:
            wrong.append(repr(e))
        ended.append(me)

    for me in range(4):
        _thread.start_new_thread(use, (me,))
    check("S21", wait_until(lambda: len(ended) == 4, 30), "all users end")
    check("S21", not wrong, "the state is true at every hand-over: %r" % wrong[:3])
    check("S21", not lock.locked(), "and at the end")


def test_with():
    lock = _thread.allocate_lock()
    with lock as entered:
        check("S22", entered is True, "__enter__ returns True")
        check("S22", lock.locked(), "the block holds the lock")
    check("S22", not lock.locked(), "the end of the block lets it go")
    error = ValueError("on purpose")
    got = None
    try:
        with lock:
            raise error
    except ValueError as e:
        got = e
    check("S22", got is error, "an exception goes on outside")
    check("S22", not lock.locked(), "and lets the lock go")


def test_with_left_early():
    lock = _thread.allocate_lock()

    def leave():
        with lock:
            return lock.locked()

    check("S22", leave() is True and not lock.locked(), "return lets the lock go")
    for i in range(3):
        with lock:
            if i == 0:
                continue
            break
    check("S22", i == 1 and not lock.locked(), "so do break and continue")


def test_with_waits():
    lock = locked_lock()
    seen = []

    def enter():
        with lock:
            seen.append(lock.locked())

    _thread.start_new_thread(enter, ())
    time.sleep_ms(60)
    check("S22", not seen, "the block waits for the lock")
    lock.release()
    check("S22", wait_until(lambda: seen == [True]), "and begins when it has it")
    check("S22", wait_until(lambda: not lock.locked()), "and lets it go")


run(
    ("S8", test_allocate),
    ("S13", test_arguments),
    ("S14", test_wait_without_bound),
    ("S15", test_no_wait),
    ("S15", test_no_wait_by_keyword),
    ("S20", test_release),
    ("S21", test_state),
    ("S21", test_state_at_hand_over),
    ("S22", test_with),
    ("S22", test_with_left_early),
    ("S22", test_with_waits),
)
