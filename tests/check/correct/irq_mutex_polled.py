# check: clean complete
# check: maybe data-race
# The turns of the loop write: they take a mutex and free it, and count. After a turn all is as it was, so the loop
# waits for the handler, which can come wherever it stands.
import machine
import mutex

m = mutex.Mutex()
record = [0, 0]
fired = updated = deferred = 0


def tick(timer):
    global fired, updated, deferred
    fired += 1
    if m.test():
        record[0] += 1
        record[1] += 1
        updated += 1
        m.release()
    else:
        deferred += 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
torn = 0
while fired < 100:
    with m:
        first = record[0]
        for _ in range(10):
            pass
        if record != [first, first]:
            torn += 1
    assert torn == 0
timer.deinit()
