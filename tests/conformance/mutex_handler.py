# What a hard interrupt handler needs of a mutex (M5): nothing is allocated. Here the heap is locked by hand; real
# interrupts are the business of other tests.

import _thread
import gc
import micropython
import mutex
import time

# Without this an exception in a handler has no room for its traceback; not every port needs it.
if hasattr(micropython, "alloc_emergency_exception_buf"):
    micropython.alloc_emergency_exception_buf(256)


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


# Made beforehand, as a handler's mutex always is.
m = mutex.Mutex()


def take_and_release():
    a = m.test()
    b = m.test()
    m.release()
    c = m.test()
    m.release()
    return a is True and b is False and c is True


def with_block():
    with m as entered:
        held = m.test() is False
    return entered is m and held


def with_block_and_exception():
    try:
        with m:
            raise ValueError
    except ValueError:
        return m.test() is True and m.release() is None


def with_block_in_a_row():
    for _ in range(100):
        with m:
            pass
    return True


def release_unlocked():
    try:
        m.release()
    except RuntimeError:
        return m.test() is True and m.release() is None


def the_callback():
    # What the reference page does in its callback.
    if m.test():
        m.release()
        return True
    return False


def refused_callback():
    with m:
        return the_callback() is False


CALLS = (
    take_and_release,
    with_block,
    with_block_in_a_row,
    the_callback,
    refused_callback,
)
FAILING_CALLS = (release_unlocked, with_block_and_exception)


def with_locked_heap(function):
    """What the function gives, or raises, while nothing can be allocated."""
    micropython.heap_lock()
    try:
        return function()
    except Exception as e:
        return e
    finally:
        micropython.heap_unlock()


def test_locked_heap():
    for function in CALLS + FAILING_CALLS:
        got = with_locked_heap(function)
        check("M5", got is True, "%s() with the heap locked: %r" % (function.__name__, got))
        if not m.test():
            check("M5", False, "%s() leaves the mutex taken" % function.__name__)
        m.release()


def test_bound_methods():
    # A handler often gets the method itself.
    test, release = m.test, m.release

    def call():
        return test() is True and test() is False and release() is None

    got = with_locked_heap(call)
    check("M5", got is True, "bound methods with the heap locked: %r" % got)


def test_taken_before():
    m.test()
    got = with_locked_heap(the_callback)
    check("M5", got is False, "a mutex that main code holds is refused: %r" % got)
    m.release()
    got = with_locked_heap(the_callback)
    check("M5", got is True, "and given when it is free: %r" % got)


def allocated_by(function, times):
    """How many more bytes of heap are in use after so many calls."""
    gc.collect()
    gc.disable()
    before = gc.mem_alloc()
    for _ in range(times):
        function()
    after = gc.mem_alloc()
    gc.enable()
    return after - before


def nothing():
    return True


def test_nothing_is_allocated():
    # Counted as well, since a locked heap would not show an allocation that is given up quietly.
    cost = allocated_by(nothing, 50)
    for function in CALLS:
        extra = allocated_by(function, 50) - cost
        check("M5", extra <= 0, "50 calls of %s() allocate %d bytes" % (function.__name__, extra))


def test_bounded_time():
    start = time.ticks_us()
    for _ in range(100):
        m.test()
        m.test()
        m.release()
    elapsed = time.ticks_diff(time.ticks_us(), start)
    check("M5", elapsed < 100000, "test() and release() do not wait: 300 calls take %d us" % elapsed)


def wait_in_callback():
    """What `with` in a callback comes to that interrupts this thread now: "taken", or the exception."""
    outcome = []

    def callback(_):
        try:
            with m:
                outcome.append("taken")
        except Exception as e:
            outcome.append(e)

    micropython.schedule(callback, None)
    start = time.ticks_ms()
    while not outcome and time.ticks_diff(time.ticks_ms(), start) < 5000:
        time.sleep_ms(1)
    return outcome[0] if outcome else "nothing yet"


def test_callback_that_waits_for_itself():
    with m:
        outcome = wait_in_callback()
        check("M6", isinstance(outcome, RuntimeError), "a wait for what it interrupts is refused: %r" % outcome)
        check("M6", not m.test(), "and the mutex stays taken")
    outcome = wait_in_callback()
    check("M6", outcome == "taken", "a free mutex is given to a callback: %r" % outcome)
    check("M6", m.test(), "which lets it go")
    m.release()


def test_callback_that_waits_for_another():
    started = _thread.allocate_lock()
    started.acquire()

    def other():
        with m:
            started.release()
            time.sleep_ms(30)

    _thread.start_new_thread(other, ())
    started.acquire(1, 5)
    outcome = wait_in_callback()
    check("M6", outcome == "taken", "a callback waits for another thread: %r" % outcome)


run(
    ("M6", test_callback_that_waits_for_itself),
    ("M6", test_callback_that_waits_for_another),
    ("M5", test_locked_heap),
    ("M5", test_bound_methods),
    ("M5", test_taken_before),
    ("M5", test_nothing_is_allocated),
    ("M5", test_bounded_time),
)
