# Thousands of random calls of everything in _thread and mutex, right and wrong, from several threads at once, with
# the heap full or locked now and then (S1-S23, M1-M9): only documented exceptions, and no crash.
#
#     stress_api.py [N [SEED]]
#
# What a started thread raises is printed on stderr; there is a lot of it.

import _thread
import gc
import micropython
import mutex
import sys
import time

DESKTOP = sys.platform in ("linux", "darwin", "win32")
ARGUMENTS = sys.argv[1:] if hasattr(sys, "argv") else []
N = int(ARGUMENTS[0]) if ARGUMENTS else 6000 if DESKTOP else 1000
SEED = int(ARGUMENTS[1]) if len(ARGUMENTS) > 1 else 1
WORKERS = 6 if DESKTOP else 3

# What a call may raise. Hostile objects raise HostileError, and the call hands that on.
DOCUMENTED = (TypeError, ValueError, OverflowError, RuntimeError, OSError, MemoryError, AttributeError)


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


class Random:
    """Two short generators in one; small integers only, so that it works with a locked heap."""

    def __init__(self, seed):
        self.a = seed % 65537
        self.b = seed % 30268 + 1

    def below(self, n):
        self.a = (self.a * 75 + 74) % 65537
        self.b = self.b * 171 % 30269
        return (self.a + self.b) % n

    def choose(self, items):
        return items[self.below(len(items))]


class HostileError(ValueError):
    pass


class Hostile:
    """Whatever is asked of it, it fails, or gives something of a wrong type, or lets other threads run first."""

    def __init__(self, mood):
        self.mood = mood

    def answer(self, *args, **kwargs):
        if self.mood == 0:
            raise HostileError("on purpose")
        if self.mood == 1:
            time.sleep_ms(1)
        if self.mood == 2:
            gc.collect()
        return (None, "text", 1, True, self)[self.mood]

    __call__ = __eq__ = __hash__ = __repr__ = __bool__ = __len__ = __lt__ = __iter__ = answer
    __enter__ = __exit__ = __getitem__ = __contains__ = __add__ = answer


def nothing(*args, **kwargs):
    pass


def fail(*args, **kwargs):
    raise HostileError("on purpose")


def leave(*args, **kwargs):
    _thread.exit()


def sleep(*args, **kwargs):
    time.sleep_ms(1)


def generate():
    yield 1


# All workers share these, and never wait for one without a time limit.
LOCKS = [_thread.allocate_lock() for _ in range(4)]
MUTEXES = [mutex.Mutex() for _ in range(4)]

HUGE = 1 << 200
NUMBERS = [0, 1, -1, 2, 100, 4095, 4096, 8192, 65536, 1 << 29, -(1 << 29), 1 << 40, 1 << 62, 1 << 63, 1 << 64]
NUMBERS += [HUGE, -HUGE, True, False, 0.0, -0.0, 0.001, -0.5, -1.0, 0.5, 4096.0, 1e9, 1e30, -1e30]
NUMBERS += [float("nan"), float("inf"), float("-inf")]
CALLABLES = [nothing, fail, leave, sleep, generate, len, int, object, Hostile, ValueError, [].append, {}.update]
CALLABLES += [lambda *args: None, _thread.get_ident, _thread.allocate_lock, mutex.Mutex]
CALLABLES += [m for lock in LOCKS for m in (lock.release, lock.locked)]
CALLABLES += [m for other in MUTEXES for m in (other.test, other.release)]
OTHERS = [None, "", "text", b"", b"bytes", bytearray(3), range(3), object, sys, _thread, _thread.LockType]
NAMES = ["acquire", "release", "locked", "test", "__enter__", "__exit__", "__name__", "error", "LockType", "other"]
KEYWORDS = ["waitflag", "blocking", "timeout", "x", ""]


def odd_dict(random):
    keys = [random.choose(KEYWORDS) if random.below(3) else random.choose(NUMBERS) for _ in range(random.below(4))]
    return {key: random.choose(NUMBERS) for key in keys}


MAKERS = [
    lambda random: random.choose(NUMBERS),
    lambda random: random.choose(NUMBERS),
    lambda random: random.choose(OTHERS),
    lambda random: random.choose(CALLABLES),
    lambda random: random.choose(LOCKS),
    lambda random: random.choose(MUTEXES),
    lambda random: tuple([random.choose(NUMBERS) for _ in range(random.below(4))]),
    lambda random: [random.choose(OTHERS) for _ in range(random.below(3))],
    lambda random: {random.choose(OTHERS[:5])},
    odd_dict,
    lambda random: generate(),
    lambda random: Hostile(random.below(5)),
    lambda random: Hostile(random.below(5)).answer,
]


def value(random):
    return random.choose(MAKERS)(random)


def values(random, most):
    return tuple([value(random) for _ in range(random.below(most + 1))])


def fresh(random):
    """A lock or mutex that nobody else knows, and that is free."""
    return _thread.allocate_lock() if random.below(2) else mutex.Mutex()


def shared(random):
    return random.choose(LOCKS) if random.below(2) else random.choose(MUTEXES)


def use_with(lock, body):
    with lock:
        body()


def acquire_by_keyword(waitflag, timeout):
    _thread.allocate_lock().acquire(waitflag=waitflag, timeout=timeout)


def acquire_by_dict(kwargs):
    _thread.allocate_lock().acquire(**kwargs)


# Each of these makes a call: a function and its arguments.


def start_anything(random):
    return _thread.start_new_thread, values(random, 4)


def start_callable(random):
    args = values(random, 3)
    function = Hostile(random.below(5)) if random.below(4) == 0 else random.choose(CALLABLES)
    if random.below(2):
        return _thread.start_new_thread, (function, args)
    return _thread.start_new_thread, (function, args, odd_dict(random))


def stack_size(random):
    return _thread.stack_size, values(random, 1) if random.below(2) else ()


def function_of_module(random):
    functions = (_thread.get_ident, _thread.allocate_lock, _thread.exit, mutex.Mutex, _thread.LockType)
    return random.choose(functions), values(random, 2) if random.below(2) else ()


BOUNDED = ((0,), (False,), (0, -1), (1, 0), (1, 0.001), (True, 0.001), (1, 1e-9), (1, 0.01))


def acquire_shared(random):
    return random.choose(LOCKS).acquire, random.choose(BOUNDED)


def acquire_fresh(random):
    return _thread.allocate_lock().acquire, values(random, 3)


def acquire_keywords(random):
    if random.below(2):
        return acquire_by_keyword, (value(random), value(random))
    return acquire_by_dict, (odd_dict(random),)


def let_go(random):
    lock = shared(random)
    name = random.choose(("release", "__exit__")) if random.below(4) else "locked"
    args = (None, None, None) if name == "__exit__" else ()
    return getattr(lock, name, nothing), args if random.below(4) else values(random, 4)


def test(random):
    return random.choose(MUTEXES).test, () if random.below(4) else values(random, 1)


def enter(random):
    if random.below(2):
        return fresh(random).__enter__, () if random.below(4) else values(random, 1)
    return use_with, (fresh(random), random.choose((nothing, fail, leave, sleep)))


def unbound(random):
    kind = random.choose((_thread.LockType, mutex.Mutex))
    args = values(random, 3)
    if args and isinstance(args[0], (_thread.LockType, mutex.Mutex)):
        args = (fresh(random),) + args[1:]
    return getattr(kind, random.choose(NAMES[:6]), nothing), args


def attribute(random):
    thing = random.choose((shared(random), _thread, mutex, _thread.LockType, mutex.Mutex))
    if random.below(2):
        return getattr, (thing, random.choose(NAMES))
    return random.choose(((setattr, (thing, "other", 1)), (delattr, (thing, "other"))))


OPERATORS = (
    lambda a, b: a == b,
    lambda a, b: a < b,
    lambda a, b: a + b,
    lambda a, b: a in b,
    lambda a, b: a[b],
    lambda a, b: a(b),
    lambda a, b: {a: b},
    lambda a, b: (repr(a), str(b)),
    lambda a, b: (hash(a), hash(b)),
    lambda a, b: len(a) if a else iter(a),
)


def operator(random):
    pair = (shared(random), value(random))
    return random.choose(OPERATORS), pair if random.below(2) else (pair[1], pair[0])


CALLS = (
    start_anything,
    start_callable,
    start_callable,
    stack_size,
    function_of_module,
    acquire_shared,
    acquire_fresh,
    acquire_keywords,
    let_go,
    test,
    enter,
    unbound,
    attribute,
    operator,
)


def call(function, args):
    # Not *args, which takes memory of its own.
    n = len(args)
    if n == 0:
        function()
    elif n == 1:
        function(args[0])
    elif n == 2:
        function(args[0], args[1])
    elif n == 3:
        function(args[0], args[1], args[2])
    else:
        function(args[0], args[1], args[2], args[3])


def call_with_locked_heap(function, args):
    micropython.heap_lock()
    try:
        call(function, args)
    finally:
        micropython.heap_unlock()


undocumented = []
made = [0] * WORKERS


def step(random, worker):
    """One random call; notes what it should not raise."""
    make = random.choose(CALLS)
    try:
        function, args = make(random)
        if random.below(8) == 0:
            call_with_locked_heap(function, args)
        else:
            call(function, args)
    except DOCUMENTED:
        pass
    except (SystemExit, LookupError) as e:
        # Some of the functions called call exit(), and a dict indexed with a lock has no such key.
        if make not in (function_of_module, enter, operator):
            undocumented.append((make.__name__, type(e).__name__))
    except Exception as e:
        undocumented.append((make.__name__, type(e).__name__))
    made[worker] += 1


def fill_heap(smallest):
    """Takes all blocks of memory of this size or more; gives what keeps them."""
    chunks = None
    size = 1 << 20
    while size >= smallest:
        try:
            chunks = (bytearray(size), chunks)
        except MemoryError:
            size >>= 1
    return chunks


def work(worker, steps):
    random = Random(SEED * WORKERS + worker)
    for i in range(steps):
        full = None
        try:
            if worker == 0 and i % 64 == 0:
                full = fill_heap(random.choose((32, 256, 2048)))
            step(random, worker)
            if full:
                for _ in range(10):
                    step(random, worker)
        except MemoryError:
            # There was no memory for what surrounds the call.
            pass


ended = [False] * WORKERS


def worker_thread(worker, function, steps):
    try:
        function(worker, steps)
    except Exception as e:
        undocumented.append(("worker", type(e).__name__))
    finally:
        ended[worker] = True


def run_workers(function, steps):
    """Whether all workers come to their end."""
    for worker in range(WORKERS):
        ended[worker] = False
        _thread.start_new_thread(worker_thread, (worker, function, steps))
    return wait_until(lambda: all(ended), 60 + steps // 10)


def test_calls():
    check("S1-M9", run_workers(work, N // WORKERS), "all workers end: %r, calls %r" % (ended, made))
    check("S1-M9", not undocumented, "only documented exceptions: %r" % undocumented[:5])


def raise_error(kind):
    if kind is SystemExit:
        _thread.exit()
    elif kind is RuntimeError:
        LOCKS[0].release()
    else:
        _thread.get_ident(1)


def raise_without_memory(kind):
    micropython.heap_lock()
    try:
        raise_error(kind)
    finally:
        # Another thread raises something of its own before this is caught.
        time.sleep_ms(1)
        micropython.heap_unlock()


def test_own_exceptions():
    # There is no memory to make these exceptions in: a thread must get its own all the same.
    LOCKS[0].acquire(0)
    LOCKS[0].release()
    kinds = (SystemExit, RuntimeError, TypeError)
    caught = []

    def catch(kind):
        for _ in range(20):
            try:
                raise_without_memory(kind)
            except BaseException as e:
                caught.append((kind, type(e)))

    for kind in kinds:
        _thread.start_new_thread(catch, (kind,))
    check("S7", wait_until(lambda: len(caught) == 60), "errors without memory are caught: %d of 60" % len(caught))
    wrong = [pair for pair in caught if pair[0] is not pair[1]]
    check("S7", not wrong, "a thread gets its own: %d are another's, such as %r" % (len(wrong), wrong[:2]))


def test_all_is_well():
    _thread.stack_size()
    seen = []
    check("S10", _thread.stack_size() == 0, "the stack size can be set as ever")
    _thread.start_new_thread(seen.append, (_thread.get_ident(),))
    check("S1", wait_until(lambda: seen), "threads can be started as ever")
    for lock in LOCKS + [_thread.allocate_lock()]:
        lock.acquire(0)
        check("S20", lock.locked(), "locks can be taken as ever")
        lock.release()
        check("S20", not lock.locked(), "and released")
    for m in MUTEXES + [mutex.Mutex()]:
        m.test()
        check("M2", m.test() is False, "mutexes can be taken as ever")
        m.release()
        check("M2", m.test() is True, "and released")


print("n %d, seed %d" % (N, SEED))
run(
    ("S1-M9", test_calls),
    ("S1-M9", test_all_is_well),
    ("S7", test_own_exceptions),
)
