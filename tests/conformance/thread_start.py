# Starting, ending and naming threads (S1-S7, S9).
# S6 writes tracebacks on stderr: they are no failures.

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


def nothing(*args):
    pass


def test_start():
    seen = []

    def note(*args, **kwargs):
        seen.append((_thread.get_ident(), args, kwargs))

    given = _thread.start_new_thread(note, (1, "two"), {"three": 3})
    check("S1", wait_until(lambda: seen), "a started thread runs")
    ident, args, kwargs = seen.pop()
    check("S1", ident == given, "the result is what get_ident() gives in the thread")
    check("S1", args == (1, "two"), "positional arguments arrive")
    check("S1", kwargs == {"three": 3}, "keyword arguments arrive")
    check("S1", given != _thread.get_ident(), "the thread is not the one that started it")
    for extra in ((), ({},)):
        given = _thread.start_new_thread(note, (), *extra)
        check("S1", wait_until(lambda: seen), "a thread without arguments runs")
        check("S1", seen.pop() == (given, (), {}), "no arguments arrive when none are given")


def test_wrong_arguments():
    ran = []
    for args in ([], [1], None, 1, "ab", b"ab", {}, {"a": 1}, {1, 2}, iter(()), ran.append):
        what = "%s for args is TypeError" % type(args).__name__
        check_raises("S2", TypeError, what, _thread.start_new_thread, ran.append, args)
    check_raises("S2", TypeError, "missing args is TypeError", _thread.start_new_thread, ran.append)
    for kwargs in ([], None, 1, "ab", ("a", 1), {1: 2}, {None: 1}, {b"a": 1}, {"a": 1, 2: 2}, {("a",): 1}):
        what = "%r for kwargs is TypeError" % (kwargs,)
        check_raises("S3", TypeError, what, _thread.start_new_thread, ran.append, (1,), kwargs)
    for function in (None, 1, "print", [], {}, (), object(), _thread):
        what = "a function that is a %s is TypeError" % type(function).__name__
        check_raises("S4", TypeError, what, _thread.start_new_thread, function, ())
    time.sleep_ms(50)
    check("S2", not ran, "no thread runs after a wrong call")


def test_callables():
    seen = []

    class Callable:
        def __init__(self, *args):
            seen.append("class")

        def __call__(self, x):
            seen.append("instance")

        def method(self, x):
            seen.append("method")

    instance = Callable()
    seen.clear()
    for function in (Callable, instance, instance.method, lambda x: seen.append("lambda")):
        _thread.start_new_thread(function, (1,))
    _thread.start_new_thread(seen.append, ("builtin",))
    check("S4", wait_until(lambda: len(seen) == 5), "whatever is callable can be started: %r" % seen)


def test_silent_end():
    seen = []

    def give(value):
        seen.append(value)
        return value

    values = (None, 0, 1, "text", [], ValueError("returned, not raised"), nothing)
    for i in range(70):
        given = len(seen)
        _thread.start_new_thread(give, (values[i % len(values)],))
        if not wait_until(lambda: len(seen) > given):
            break
    check("S5", len(seen) == 70, "threads end by returning, whatever they return: %d" % len(seen))


def test_unhandled():
    ticks = [0]
    stop = []

    def bystander():
        while not stop:
            ticks[0] += 1
            time.sleep_ms(1)
        stop.append("ended")

    def broken(kind):
        raise kind("on purpose")

    _thread.start_new_thread(bystander, ())
    for kind in (ValueError, KeyError, OSError, MemoryError):
        before = ticks[0]
        _thread.start_new_thread(broken, (kind,))
        check("S6", wait_until(lambda: ticks[0] > before + 3), "others go on after %s" % kind.__name__)
    _thread.start_new_thread(nothing, (), {"unexpected": 1})
    before = ticks[0]
    check("S6", wait_until(lambda: ticks[0] > before + 3), "others go on after a call that does not fit")
    stop.append("stop")
    check("S6", wait_until(lambda: len(stop) == 2), "the bystander ends as usual")


def test_unhandled_without_repr():
    # The message names the function, and this one has no name to give.
    class Nameless:
        def __call__(self):
            raise ValueError("on purpose")

        def __repr__(self):
            raise TypeError("no repr")

    seen = []
    _thread.start_new_thread(Nameless(), ())
    time.sleep_ms(20)
    _thread.start_new_thread(seen.append, (1,))
    check("S6", wait_until(lambda: seen), "others go on when the function's repr fails, too")


def test_exit():
    steps = []
    lock = _thread.allocate_lock()

    def inner():
        with lock:
            steps.append("locked" if lock.locked() else "not locked")
            _thread.exit()
        steps.append("after with")

    def outer():
        try:
            inner()
            steps.append("after exit")
        finally:
            steps.append("finally")
        steps.append("after finally")

    _thread.start_new_thread(outer, ())
    check("S7", wait_until(lambda: "finally" in steps), "finally blocks run")
    time.sleep_ms(20)
    check("S7", steps == ["locked", "finally"], "nothing else runs after exit(): %r" % steps)
    check("S7", wait_until(lambda: not lock.locked()), "with blocks are left")


def test_exit_is_system_exit():
    seen = []

    def catch():
        try:
            _thread.exit()
        except SystemExit:
            seen.append("caught")
        seen.append("went on")

    _thread.start_new_thread(catch, ())
    check("S7", wait_until(lambda: seen == ["caught", "went on"]), "exit() can be caught as SystemExit")
    seen.clear()
    catch()
    check("S7", seen == ["caught", "went on"], "exit() raises SystemExit in the main thread")
    check_raises("S7", TypeError, "exit() takes no arguments", _thread.exit, 1)


def test_ident():
    count = 6
    idents = {}
    gate = _thread.allocate_lock()
    gate.acquire()
    ended = []

    def live():
        first = _thread.get_ident()
        idents[first] = True
        with gate:
            pass
        ended.append(first == _thread.get_ident())

    given = [_thread.start_new_thread(live, ()) for _ in range(count)]
    alive = wait_until(lambda: len(idents) == count)
    idents[_thread.get_ident()] = True
    gate.release()
    check("S9", alive, "%d live threads have %d identifiers" % (count, len(idents)))
    check("S9", len(idents) == count + 1, "the main thread's is yet another")
    check("S9", all(isinstance(i, int) and i != 0 for i in idents), "identifiers are nonzero integers")
    check("S9", all(i in idents for i in given), "identifiers serve as keys")
    check("S9", wait_until(lambda: len(ended) == count) and all(ended), "an identifier stays the same")


run(
    ("S1", test_start),
    ("S2", test_wrong_arguments),
    ("S4", test_callables),
    ("S5", test_silent_end),
    ("S6", test_unhandled),
    ("S7", test_exit),
    ("S7", test_exit_is_system_exit),
    ("S9", test_ident),
    ("S6", test_unhandled_without_repr),
)
