# Nobody waits for ever (S23).

import _thread
import gc
import time

THREADS = 5

# A waiter may be passed over, but not more often than this for each thread that competes.
BOUND = 8


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


def test_greedy_owner():
    # The owner wants the lock back as soon as it has let it go; the others were there first.
    lock = _thread.allocate_lock()
    order = []
    waiting = []
    go = []

    def owner():
        lock.acquire()
        waiting.append("owner")
        while not go:
            time.sleep_ms(1)
        for _ in range(BOUND * THREADS * 2):
            order.append("owner")
            lock.release()
            lock.acquire()
        lock.release()

    def waiter(me):
        waiting.append(me)
        lock.acquire()
        order.append(me)
        lock.release()

    _thread.start_new_thread(owner, ())
    wait_until(lambda: waiting)
    for me in range(THREADS - 1):
        _thread.start_new_thread(waiter, (me,))
    wait_until(lambda: len(waiting) == THREADS)
    time.sleep_ms(50)
    go.append(True)
    check("S23", wait_until(lambda: all(me in order for me in range(THREADS - 1))), "every waiter gets the lock")
    for me in range(THREADS - 1):
        after = order.index(me) if me in order else len(order)
        check("S23", after <= BOUND * THREADS, "waiter %d comes after %d hand-overs" % (me, after))
    check("S23", wait_until(lambda: not lock.locked()), "the owner ends, too")


def largest_gap(order, me):
    """The most entries of others between two of me, or before the first."""
    gap = run_length = 0
    for who in order:
        run_length = 0 if who == me else run_length + 1
        gap = max(gap, run_length)
    return gap


def check_turns(name, enter, leave):
    """All threads want the lock all the time: each must get it regularly."""
    order = []
    ended = []
    rounds = 2 * BOUND * THREADS

    def use(me):
        while len(order) < rounds:
            enter()
            order.append(me)
            # The others have time to come and queue.
            time.sleep_ms(1)
            leave()
        ended.append(me)

    for me in range(THREADS):
        _thread.start_new_thread(use, (me,))
    check("S23", wait_until(lambda: len(ended) == THREADS, 30), "all users of %s end" % name)
    # At first and at the end not all of them are there.
    turns = order[THREADS:rounds]
    for me in range(THREADS):
        gap = largest_gap(turns, me)
        check("S23", gap <= BOUND * THREADS, "%s passes over thread %d %d times" % (name, me, gap))


def test_turns():
    lock = _thread.allocate_lock()
    check_turns("acquire()", lock.acquire, lock.release)


def test_turns_with_timeouts():
    lock = _thread.allocate_lock()
    check_turns("acquire(1, 5)", lambda: lock.acquire(1, 5), lock.release)


def test_no_lost_wakeup():
    lock = _thread.allocate_lock()
    counter = [0]
    ended = []

    def count():
        n = counter[0]
        if n % 16 == 0:
            # Lets the others come while the lock is taken.
            time.sleep_ms(1)
        counter[0] = n + 1

    def use(me):
        for i in range(200):
            style = (me + i) % 4
            if style == 0:
                lock.acquire()
            elif style == 1:
                while not lock.acquire(0):
                    time.sleep_ms(1)
            elif style == 2:
                while not lock.acquire(1, 0.0009765625):
                    pass
            else:
                with lock:
                    count()
                continue
            count()
            lock.release()
        ended.append(me)

    for me in range(THREADS):
        _thread.start_new_thread(use, (me,))
    check("S23", wait_until(lambda: len(ended) == THREADS, 30), "%d of %d threads end" % (len(ended), THREADS))
    check("S23", counter[0] == 200 * THREADS, "every turn counts once: %d" % counter[0])
    check("S23", not lock.locked(), "the lock is free in the end")


def test_ping_pong():
    ping, pong = _thread.allocate_lock(), _thread.allocate_lock()
    ping.acquire()
    pong.acquire()
    turns = [0]

    def answer():
        for _ in range(500):
            ping.acquire()
            turns[0] += 1
            pong.release()

    def ask():
        for _ in range(500):
            ping.release()
            pong.acquire()
            turns[0] += 1

    _thread.start_new_thread(answer, ())
    _thread.start_new_thread(ask, ())
    check("S23", wait_until(lambda: turns[0] == 1000, 30), "two threads take turns: %d of 1000" % turns[0])


run(
    ("S23", test_greedy_owner),
    ("S23", test_turns),
    ("S23", test_turns_with_timeouts),
    ("S23", test_no_lost_wakeup),
    ("S23", test_ping_pong),
)
