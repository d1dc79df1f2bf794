# Errors that are about threads (S12). What happens when no more threads fit is in thread_limit.py.

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


def test_error():
    check("S12", _thread.error is RuntimeError, "_thread.error is RuntimeError")
    lock = _thread.allocate_lock()
    got = check_raises("S12", RuntimeError, "release of an unlocked lock", lock.release)
    check("S12", type(got) is RuntimeError, "it is exactly a RuntimeError")
    caught = False
    try:
        lock.release()
    except _thread.error:
        caught = True
    check("S12", caught, "except _thread.error catches it")


def test_error_in_a_thread():
    lock = _thread.allocate_lock()
    seen = []

    def release():
        try:
            lock.release()
        except Exception as e:
            seen.append(e)

    _thread.start_new_thread(release, ())
    check("S12", wait_until(lambda: seen), "the error arises in the thread that erred")
    check("S12", seen and isinstance(seen[0], _thread.error), "it is a RuntimeError there: %r" % seen)


def test_wrong_calls_are_other_errors():
    # Misuse of the language is no thread error, as elsewhere in Python.
    for function in (_thread.allocate_lock, _thread.get_ident):
        check_raises("S12", TypeError, "an argument too many is TypeError", function, 1)
    check_raises("S12", TypeError, "an argument too few is TypeError", _thread.start_new_thread)
    check_raises("S12", TypeError, "release(1) is TypeError", _thread.allocate_lock().release, 1)


run(
    ("S12", test_error),
    ("S12", test_error_in_a_thread),
    ("S12", test_wrong_calls_are_other_errors),
)
