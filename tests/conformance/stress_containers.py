# Containers that some threads change while others are in the middle of a comparison, a hash or a sort key written in
# Python, or print them (S6: every other thread goes on): exceptions are fine, a crash or a broken container is not.
#
#     stress_containers.py [N [SEED]]

import _thread
import gc
import heapq
import sys
import time

DESKTOP = sys.platform in ("linux", "darwin", "win32")
ARGUMENTS = sys.argv[1:] if hasattr(sys, "argv") else []
N = int(ARGUMENTS[0]) if ARGUMENTS else 3000 if DESKTOP else 500
SEED = int(ARGUMENTS[1]) if len(ARGUMENTS) > 1 else 1
WORKERS = 6 if DESKTOP else 3


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


class Item:
    """Compares in Python, where other threads get their chance."""

    def __init__(self, number):
        self.number = number

    def pause(self):
        if self.number % 64 == 0:
            time.sleep_ms(1)
        elif self.number % 8 == 0:
            # Reuses memory that was let go too early, if any was.
            [self.number] * (self.number % 50)

    def __hash__(self):
        self.pause()
        return self.number % 7

    def __eq__(self, other):
        self.pause()
        return self.number == other.number

    def __lt__(self, other):
        self.pause()
        return self.number < other.number


    def __repr__(self):
        self.pause()
        return "Item"


def number_of(item):
    item.pause()
    return item.number


items = []
heap = []
table = {}
group = set()

CONTAINER_CALLS = (
    lambda item: items.append(item),
    lambda item: items.insert(item.number % 9, item),
    lambda item: items.extend([item] * 3),
    lambda item: items.pop(),
    lambda item: items.pop(0),
    lambda item: items.remove(item),
    lambda item: items.index(item),
    lambda item: items.count(item),
    lambda item: items.sort(),
    lambda item: items.sort(key=number_of, reverse=True),
    lambda item: items.sort(key=lambda other: -other.number),
    lambda item: sorted(items),
    lambda item: sorted(items, key=number_of),
    lambda item: min(items) and max(items, key=number_of),
    lambda item: items.clear() if len(items) > 60 else items.reverse(),
    lambda item: items == list(items),
    lambda item: item in items,
    lambda item: repr(items),
    lambda item: repr(table),
    lambda item: repr(group),
    lambda item: print(items, file=sys.stderr),
    lambda item: print(table, file=sys.stderr),
    lambda item: heapq.heappush(heap, item),
    lambda item: heapq.heappush(heap, item),
    lambda item: heapq.heappop(heap),
    lambda item: heapq.heapify(heap),
    lambda item: heap.clear() if len(heap) > 60 else None,
    lambda item: table.update({item: 1}),
    lambda item: table.setdefault(item, item.number),
    lambda item: table.get(item),
    lambda item: table.pop(item),
    lambda item: table.popitem(),
    lambda item: [key for key in table],
    lambda item: table == dict(table),
    lambda item: table.clear() if len(table) > 60 else None,
    lambda item: group.add(item),
    lambda item: group.add(item),
    lambda item: group.discard(item),
    lambda item: group.pop(),
    lambda item: group | {item},
    lambda item: group == set(items),
    lambda item: group.clear() if len(group) > 60 else None,
)


ended = []


def change_containers(worker, steps):
    random = Random(SEED * WORKERS + worker)
    for _ in range(steps):
        try:
            random.choose(CONTAINER_CALLS)(Item(random.below(200)))
        except Exception:
            # Whatever it is: a container that changes under one's hands may well raise something.
            pass


def worker_thread(worker, steps):
    try:
        change_containers(worker, steps)
    finally:
        ended.append(worker)


def test_containers():
    steps = N // WORKERS
    for worker in range(WORKERS):
        _thread.start_new_thread(worker_thread, (worker, steps))
    check("S6", wait_until(lambda: len(ended) == WORKERS, 60 + steps // 10), "all workers end")
    gc.collect()
    for container in (items, heap, table, group):
        what = "%s of %d" % (type(container).__name__, len(container))
        check("S6", len(list(container)) == len(container), "%s has its length" % what)
        check("S6", all(isinstance(item, Item) for item in container), "%s has its items" % what)
        container.clear()
        check("S6", not container, "%s can be cleared" % what)


print("n %d, seed %d" % (N, SEED))
run(("S6", test_containers))
