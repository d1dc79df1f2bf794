# The mutex between threads (M8, M9), and the part of M2 to M4 that takes two of them.

import _thread
import gc
import mutex
import time

THREADS = 5
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


def start_waiters(m, count, got):
    """Threads that want the mutex, all of them waiting on return; each notes when it had its turn."""
    waiting = []

    def wait(me):
        waiting.append(me)
        with m:
            got.append(me)

    for me in range(count):
        _thread.start_new_thread(wait, (me,))
        wait_until(lambda: len(waiting) == me + 1)
    time.sleep_ms(50)


def test_with_waits():
    m = mutex.Mutex()
    m.test()
    got = []
    start_waiters(m, 1, got)
    check("M4", not got, "with waits while another thread holds the mutex")
    m.release()
    check("M4", wait_until(lambda: got), "and goes on when that lets it go")
    check("M2", wait_until(m.test), "then the mutex is free again")


def test_test_is_refused():
    m = mutex.Mutex()
    m.test()
    got = []
    _thread.start_new_thread(lambda: got.append(m.test()), ())
    check("M2", wait_until(lambda: got) and got[0] is False, "test() of a mutex of another thread gives False")
    m.release()
    _thread.start_new_thread(lambda: got.append(m.test()), ())
    check("M2", wait_until(lambda: len(got) == 2) and got[1] is True, "and True when that has let it go")


def test_everybody_gets_it():
    m = mutex.Mutex()
    m.test()
    got = []
    start_waiters(m, THREADS, got)
    check("M8", not got, "all of them wait")
    m.release()
    check("M8", wait_until(lambda: len(got) == THREADS), "all of them get the mutex: %r" % got)


def test_greedy_owner():
    m = mutex.Mutex()
    order = []
    go = []

    def owner():
        m.test()
        order.append("owner")
        while not go:
            time.sleep_ms(1)
        m.release()
        for _ in range(2 * BOUND * THREADS):
            with m:
                order.append("owner")
        go.append("ended")

    _thread.start_new_thread(owner, ())
    wait_until(lambda: order)
    start_waiters(m, THREADS - 1, order)
    go.append("go")
    everybody = wait_until(lambda: all(me in order for me in range(THREADS - 1)))
    check("M8", everybody, "every waiter gets it from an owner who wants it back")
    for me in range(THREADS - 1):
        after = order.index(me) if me in order else len(order)
        check("M8", after <= BOUND * THREADS, "waiter %d comes after %d others" % (me, after))
    check("M8", wait_until(lambda: "ended" in go), "the owner ends, too")


def busy_us():
    """How long some work takes that has nothing to do with any mutex."""
    start = time.ticks_us()
    for _ in range(3000):
        pass
    return time.ticks_diff(time.ticks_us(), start)


def test_waiters_sleep():
    # If waiters took turns with the main thread to look at the mutex, its work would take several times as long.
    m = mutex.Mutex()
    m.test()
    got = []
    alone = min(busy_us() for _ in range(20))
    start_waiters(m, THREADS, got)
    watched = min(busy_us() for _ in range(20))
    m.release()
    check("M8", watched < 3 * alone + 1000, "work takes %d us beside waiters, %d us alone" % (watched, alone))
    check("M8", wait_until(lambda: len(got) == THREADS), "the waiters end")


def test_record_is_whole():
    # Several fields change together; nobody may see some of them old and some new.
    m = mutex.Mutex()
    record = [0, 0, 0, 0]
    torn = []
    ended = []

    def update():
        n = record[0] + 1
        for i in range(4):
            record[i] = n
            if n % 32 == i:
                # Lets the others come while the record is half old and half new.
                time.sleep_ms(1)

    def write(me):
        for _ in range(100):
            with m:
                update()
        ended.append(me)

    def write_if_free(me):
        for _ in range(100):
            while not m.test():
                time.sleep_ms(1)
            update()
            m.release()
        ended.append(me)

    def read(me):
        last = 0
        while len(ended) < 4:
            with m:
                seen = list(record)
            if seen != [seen[0]] * 4 or seen[0] < last:
                torn.append((last, seen))
            last = seen[0]
            time.sleep_ms(1)

    for me in range(4):
        _thread.start_new_thread(write_if_free if me % 2 else write, (me,))
    _thread.start_new_thread(read, (4,))
    check("M9", wait_until(lambda: len(ended) == 4, 30), "all writers end")
    check("M9", not torn, "a holder sees all of what was written before: %r" % torn[:2])
    check("M9", record == [400] * 4, "no update is lost: %r" % record)


def test_hand_over():
    # What one thread writes before release() the other sees after it has taken the mutex.
    m = mutex.Mutex()
    box = []
    seen = []

    def put():
        for i in range(200):
            while True:
                with m:
                    if not box:
                        box.append((i, str(i)))
                        break
                time.sleep_ms(1)

    def take():
        while len(seen) < 200:
            if m.test():
                if box:
                    seen.append(box.pop())
                m.release()
            time.sleep_ms(1)

    _thread.start_new_thread(put, ())
    _thread.start_new_thread(take, ())
    check("M9", wait_until(lambda: len(seen) == 200, 30), "everything put is taken: %d of 200" % len(seen))
    check("M9", seen == [(i, str(i)) for i in range(200)], "in order and whole")


run(
    ("M4", test_with_waits),
    ("M2", test_test_is_refused),
    ("M8", test_everybody_gets_it),
    ("M8", test_greedy_owner),
    ("M8", test_waiters_sleep),
    ("M9", test_record_is_whole),
    ("M9", test_hand_over),
)
