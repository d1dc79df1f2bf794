# The end of a thread's stack where no Python code runs: the interpreter's own recursion (S11).
# MicroPython itself does not watch all of it, so that a failure here is mostly a crash; it has a script of its own.

import _thread
import gc
import sys
import time

DESKTOP = sys.platform in ("linux", "darwin", "win32")
SIZES = (4096, 8192, 16384, 65536) if DESKTOP else (4096, 8192)
REPEATS = 20

# How deep nesting is that has an end. It uses up a stack of the size asked for; a larger one may bear it.
DEPTH = 10000 if DESKTOP else 400
SOURCE_DEPTH = 3000 if DESKTOP else 200


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


def list_in_itself():
    outer = []
    outer.append(outer)
    return outer


def dict_in_itself():
    outer = {}
    outer[1] = outer
    return outer


def deep_tuple():
    outer = ()
    for _ in range(DEPTH):
        outer = (outer,)
    return outer


def by_equal():
    return list_in_itself() == list_in_itself()


def by_less():
    return list_in_itself() < list_in_itself()


def by_in():
    return list_in_itself() in list_in_itself()


def by_dict_equal():
    return dict_in_itself() == dict_in_itself()


def by_deep_equal():
    return deep_tuple() == deep_tuple()


def by_hash():
    return hash(deep_tuple())


def by_call():
    # Calling an instance calls what its class says, which is an instance again.
    class Callable:
        pass

    Callable.__call__ = Callable()
    return Callable()()


def by_compiler():
    return eval("[" * SOURCE_DEPTH + "]" * SOURCE_DEPTH)


def overflow(way):
    """What comes of it, in words."""
    gc.collect()
    try:
        way()
        return "nothing"
    except RuntimeError:
        return "RuntimeError"
    except Exception as e:
        return repr(e)


def check_way(way, allowed):
    for size in SIZES:
        _thread.stack_size(size)
        seen = set(in_thread(overflow, way) for _ in range(REPEATS))
        _thread.stack_size()
        what = "%s() on a stack of %d is RuntimeError: %r" % (way.__name__, size, seen)
        check("S11", all(outcome in allowed for outcome in seen), what)


def announced(way, allowed):
    def test():
        # Said beforehand: after a crash nobody can say it.
        print("using up the stack %s()" % way.__name__)
        check_way(way, allowed)

    return test


ENDLESS = (by_call, by_less, by_in, by_equal, by_dict_equal)
DEEP = (by_compiler, by_deep_equal, by_hash)

run(
    *[("S11", announced(way, ("RuntimeError",))) for way in ENDLESS],
    *[("S11", announced(way, ("RuntimeError", "nothing"))) for way in DEEP],
)
