# Interrupts of hardware against the mutex page's loop, without and with the mutex (M5, M9, M10): torn records
# only without; with it, each interrupt either updates the record or is counted as put off.
#
# The loop's work is pseudo-random in length: in step with its timer it would never be interrupted where it matters.
import sys
import mutex
from heddle import board
from machine import Timer

INTERRUPTS = int(sys.argv[1])  # each way
PERIOD_US = 150


class Record:
    def __init__(self):
        self.first = self.second = self.third = 0
        self.fired = self.updated = self.deferred = 0

    def update(self):
        value = self.first + 1
        self.first = value
        self.second = value
        self.third = value

    def is_torn(self):
        first = self.first
        second = self.second
        return not first == second == self.third


class Raw(Record):
    def handler(self, _):
        if self.fired < INTERRUPTS:
            self.fired += 1
            self.update()
            self.updated += 1

    def look(self):
        return self.is_torn()


class Guarded(Record):
    def __init__(self):
        super().__init__()
        self.mutex = mutex.Mutex()

    def handler(self, _):
        if self.fired >= INTERRUPTS:
            return
        self.fired += 1
        if self.mutex.test():
            self.update()
            self.updated += 1
            self.mutex.release()
        else:
            self.deferred += 1

    def look(self):
        with self.mutex:
            return self.is_torn()


def run(record):
    """Returns how many of the loop's looks found a torn record."""
    torn = looks = 0
    seed = 1
    timer = Timer(-1)
    timer.init(tick_hz=1000000, period=PERIOD_US, callback=record.handler, hard=True)
    while record.fired < INTERRUPTS:
        seed = (seed * 1103515245 + 12345) & 0x3FFFFFFF
        for _ in range(seed >> 27):
            pass
        torn += record.look()
        looks += 1
    timer.deinit()
    print(type(record).__name__, "fired", record.fired, "updated", record.updated, "deferred", record.deferred)
    print("torn", torn, "of", looks)
    return torn


before = board.statistics()
raw = Raw()
assert run(raw) > 0
assert raw.fired == raw.updated == INTERRUPTS
assert board.statistics().deferred == before.deferred

guarded = Guarded()
assert run(guarded) == 0
assert guarded.deferred > 0 and guarded.updated > 0
assert guarded.fired == guarded.updated + guarded.deferred == INTERRUPTS
assert guarded.first == guarded.second == guarded.third == guarded.updated

after = board.statistics()
assert after.deferred - before.deferred == guarded.deferred
assert after.fired - before.fired >= 2 * INTERRUPTS
print("ok")
