# A lock that nobody else wants. Each number has its loop in it; the loop alone comes first.
import _thread
import time

PAIRS = 200_000
ROUNDS = 10


def loop(lock):
    for _ in range(PAIRS):
        pass


def acquire_release(lock):
    for _ in range(PAIRS):
        lock.acquire()
        lock.release()


def with_lock(lock):
    for _ in range(PAIRS):
        with lock:
            pass


def microseconds(measured):
    lock = _thread.allocate_lock()
    start = time.ticks_us()
    measured(lock)
    return time.ticks_diff(time.ticks_us(), start)


# The best of some short rounds: other programs only ever add to the time.
for measured in (loop, acquire_release, with_lock):
    best = min(microseconds(measured) for _ in range(ROUNDS))
    print(measured.__name__, best * 1000 / PAIRS)
