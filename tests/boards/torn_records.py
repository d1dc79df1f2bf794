# board: rp2
# A million interrupts against the mutex page's loop: no torn record with the mutex, torn ones without, and every
# interrupt either updates the record or is counted as put off (M5, M9, M10).
import heddle.board as board
import mutex
from machine import Timer


class Record:
    def __init__(self):
        self.first = self.second = self.third = 0
        self.fired = self.updated = self.deferred = 0

    def update(self):
        value = self.first + 1
        self.first = value
        self.second = value
        self.third = value
        self.updated += 1

    def is_torn(self):
        return not self.first == self.second == self.third


def with_mutex(record, m):
    def handler(_):
        record.fired += 1
        if m.test():
            record.update()
            m.release()
        else:
            record.deferred += 1

    return handler


def without(record):
    def handler(_):
        record.fired += 1
        record.update()

    return handler


timer = Timer(-1)

m = mutex.Mutex()
record = Record()
torn = loops = 0
timer.init(freq=100000, hard=True, callback=with_mutex(record, m))
while record.fired < 1000000:
    with m:
        torn += record.is_torn()
    loops += 1
timer.deinit()
assert torn == 0, torn
assert record.updated + record.deferred == record.fired
assert record.first == record.updated
# Both ways were taken: the interrupts did meet the loop.
assert record.deferred > 1000 and record.updated > 1000, (record.updated, record.deferred)
counted = board.statistics()
assert counted.deferred == record.deferred, (counted, record.deferred)
assert counted.fired == record.fired, (counted, record.fired)

record = Record()
torn = 0
timer.init(freq=100000, hard=True, callback=without(record))
while torn < 100:
    torn += record.is_torn()
    assert record.fired < 1000000, torn
timer.deinit()
print("ok")
