# The size of threads' stacks, and what happens at their end (S10, S11).

import _thread
import gc
import sys
import time

DESKTOP = sys.platform in ("linux", "darwin", "win32")
REPEATS = 200 if DESKTOP else 20
SIZES = (4096, 8192, 16384, 65536, 0)


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


def test_setting():
    _thread.stack_size()
    check("S10", _thread.stack_size() == 0, "the size is 0 by default")
    for size in (4096, 4097, 5000, 8192, 65536, 1 << 20):
        check("S10", _thread.stack_size(size) == 0, "setting %d gives the size until then" % size)
        check("S10", size <= _thread.stack_size() <= size + 4096, "%d is in force" % size)
        check("S10", _thread.stack_size() == 0, "without an argument %d goes back to 0" % size)
    _thread.stack_size(8192)
    check("S10", _thread.stack_size(0) == 8192 and _thread.stack_size() == 0, "0 is a size")


def test_wrong_settings():
    for size in (1, 100, 2048, 4095, -1, -4096, -(1 << 29)):
        _thread.stack_size(8192)
        check_raises("S10", ValueError, "%d is ValueError" % size, _thread.stack_size, size)
        check("S10", _thread.stack_size() == 8192, "%d changes nothing" % size)
    for size in ("8192", None, [], 8192.5):
        _thread.stack_size(8192)
        what = "%r is TypeError or ValueError" % (size,)
        check_raises("S10", (TypeError, ValueError), what, _thread.stack_size, size)
        check("S10", _thread.stack_size() == 8192, "%r changes nothing" % (size,))


# Ways to use up a stack, in Python and through C and back. More of the second kind are in thread_stack_core.py.


def by_call(n=0):
    return by_call(n + 1) + 1


def by_sort(n=0):
    return sorted((2, 1), key=by_sort)


class Hall:
    """An object that sees itself in every mirror."""

    other = None

    def __repr__(self):
        return "<%r>" % (self,)

    def __eq__(self, other):
        return [self] == [self.other]

    def __hash__(self):
        return hash((self,))

    def __getattr__(self, name):
        return getattr(self, name)


def by_repr():
    return repr(Hall())


def by_hash():
    return {Hall(): 1}


def by_attribute():
    return Hall().missing


def by_format():
    return "{}".format([Hall()])


def by_compare():
    one, two = Hall(), Hall()
    one.other, two.other = two, one
    return one == two


def by_generator():
    for x in by_generator():
        yield x


class Chain:
    def __init__(self):
        self.next = Chain()


def by_map(n=0):
    return list(map(by_map, (1, 2)))


def by_nested_repr():
    # No Python code runs in here: the printer itself has to notice.
    nest = []
    nest.append(nest)
    return repr(nest)


def by_handlers():
    # Each handler starts with next to nothing left, and fails for want of it, down to one that has enough.
    try:
        by_handlers()
    except RuntimeError as e:
        "%s %d %.3f" % (e, 12345, 1.5)
        raise


WAYS = (
    by_call,
    by_sort,
    by_map,
    Chain,
    by_repr,
    by_hash,
    by_attribute,
    by_format,
    by_compare,
    lambda: next(by_generator()),
    by_nested_repr,
    by_handlers,
)


def format_something(e):
    """What an exception handler typically does."""
    text = "%s: %r %d %.3f {}".format("x") % (type(e).__name__, e, 123456, 2.5)
    return "RuntimeError" in text and "123456 2.500" in text


def use_up(report):
    """Uses up the stack in every way, and reports what is not as promised."""
    try:
        for way in WAYS:
            try:
                way()
                report.append("nothing")
            except RuntimeError as e:
                if not format_something(e):
                    report.append("bad text")
            except MemoryError as e:
                # A board's heap may end before a large stack does.
                if DESKTOP:
                    report.append("%s: %r" % (way, e))
            except Exception as e:
                report.append("%s: %r" % (way, e))
    finally:
        report.append("end")


def start(function, args):
    """Starts a thread; False if a board has no room for one with such a stack."""
    gc.collect()
    try:
        _thread.start_new_thread(function, args)
        return True
    except (RuntimeError, MemoryError):
        if DESKTOP:
            raise
        return False


def overflow_at_once(count):
    """Threads that use up their stacks side by side; gives how many ran and what they report."""
    reports = []
    for _ in range(count):
        report = []
        if start(use_up, (report,)):
            reports.append(report)
    ended = wait_until(lambda: all("end" in r for r in reports), 60)
    wrong = [r for r in reports if r != ["end"]]
    return len(reports), wrong if ended else ["some threads do not end"] + wrong


def test_overflow():
    for size in SIZES:
        at_once = 4 if DESKTOP or size <= 4096 else 1
        ran, wrong = 0, []
        _thread.stack_size(size)
        while ran < REPEATS and not wrong:
            started, wrong = overflow_at_once(at_once)
            ran += started
            if not started:
                break
        _thread.stack_size()
        check("S11", not wrong, "the end of a stack of %d is RuntimeError: %r" % (size, wrong[:2]))
        check("S11", ran or size == 65536, "threads with a stack of %d can be started" % size)


def measure_depth(size):
    """How many calls deep a thread with such a stack gets, or None if it cannot be started."""
    depth = []

    def descend(n):
        try:
            return descend(n + 1)
        except RuntimeError:
            # Here, and not on the way down, there is surely stack for the call.
            if not depth:
                depth.append(n)

    def measure():
        while not depth:
            descend(0)

    _thread.stack_size(size)
    started = start(measure, ())
    _thread.stack_size()
    if started and wait_until(lambda: depth):
        return depth[0]


def test_depth():
    last = 0
    for size in SIZES[:4]:
        depth = measure_depth(size)
        if depth is None:
            check("S11", not DESKTOP, "a thread with a stack of %d reports its depth" % size)
            continue
        # A call takes a few hundred bytes on any machine, and far less than a KiB.
        check("S11", depth >= (size - 2048) // 1024, "a stack of %d lasts for %d calls" % (size, depth))
        check("S11", depth >= last, "a stack of %d is no smaller than a smaller one" % size)
        last = depth


run(
    ("S10", test_setting),
    ("S10", test_wrong_settings),
    ("S11", test_depth),
    ("S11", test_overflow),
)
