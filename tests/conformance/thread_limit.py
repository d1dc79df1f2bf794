# No more threads (S12). On a desktop run it with -X threads=50; a board runs out by itself.

import _thread
import gc
import sys
import time

DESKTOP = sys.platform in ("linux", "darwin", "win32")
MOST = 100000 if DESKTOP else 200


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


class Crowd:
    """Threads that wait until they may leave."""

    def __init__(self):
        self.gate = _thread.allocate_lock()
        self.count_lock = _thread.allocate_lock()
        self.started = self.ended = 0
        self.member = self.live
        self.gate.acquire()

    def live(self):
        with self.gate:
            pass
        with self.count_lock:
            self.ended += 1

    def grow(self):
        """Adds threads until no more fit; gives the error, or None if all that are allowed do."""
        try:
            while self.started < MOST:
                _thread.start_new_thread(self.member, ())
                self.started += 1
        except MemoryError as e:
            # A desktop's heap may be full before there are too many threads; on a board the stacks fill it.
            return None if DESKTOP else e
        except Exception as e:
            return e

    def leave(self):
        self.gate.release()
        return wait_until(lambda: self.ended == self.started, 60)


def start_one(ran):
    _thread.start_new_thread(ran.append, (1,))


def check_caught(kind):
    caught = False
    try:
        start_one([])
    except kind:
        caught = True
    check("S12", caught, "except %s catches it" % kind.__name__)


def test_limit():
    crowd = Crowd()
    error = crowd.grow()
    if error is None:
        # Where there is no limit to meet there is nothing to say about it.
        crowd.leave()
        return
    check("S12", isinstance(error, (RuntimeError, OSError)), "the error is %r" % error)
    check("S12", len(str(error)) > 0, "it has a message")
    check_caught(RuntimeError)
    check_caught(OSError)
    check_caught(_thread.error)
    check("S12", crowd.started > 0, "some threads were started before")
    check("S12", crowd.leave(), "they are unharmed: %d of %d ended" % (crowd.ended, crowd.started))


def test_room_again():
    for _ in range(3):
        crowd = Crowd()
        limit = crowd.grow() is not None
        check("S12", crowd.leave(), "as many threads fit again and again")
        if not limit:
            return
        gc.collect()
        time.sleep_ms(20)
        ran = []
        start_one(ran)
        check("S12", wait_until(lambda: ran), "when threads have ended there is room for another")


run(
    ("S12", test_limit),
    ("S12", test_room_again),
)
