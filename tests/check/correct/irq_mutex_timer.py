# check: clean complete
# The mutex page's pattern: the handler tries, and counts what it could not do.
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


def main():
    timer.init(period=1, callback=tick, hard=True)
    with m:
        assert record[0] == record[1]
    timer.deinit()
    assert updated + deferred == fired and record[0] == updated


timer = machine.Timer(-1)
main()
