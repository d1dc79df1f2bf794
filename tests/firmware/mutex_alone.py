# The clauses of `mutex` that one thread can show, for ports without threads (M1-M4, M6, M7).
import micropython
import mutex

checks = 0
failures = 0


def check(clause, condition, what):
    global checks, failures
    checks += 1
    if not condition:
        failures += 1
        print("FAIL %s: %s" % (clause, what))


def error_of(function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except Exception as error:
        return error


def enter_for_ever():
    with m:
        check("M6", False, "a callback has what it interrupts the owner of")


def callback(_):
    seen.append(error_of(enter_for_ever))


m = mutex.Mutex()
check("M1", isinstance(error_of(mutex.Mutex, 1), TypeError), "an argument")
check("M1", isinstance(error_of(mutex.Mutex, a=1), TypeError), "a keyword")
check("M2", m.test() is True, "the first takes it")
check("M2", m.test() is False, "the second does not")
check("M3", m.release() is None, "release")
error = error_of(m.release)
check("M3", isinstance(error, RuntimeError) and "unlocked" in str(error), "release of an unlocked one: %r" % error)
check("M3", m.test() is True and m.test() is False, "it is as it was")
m.release()

with m as entered:
    check("M4", entered is m and m.test() is False, "held in the block")
check("M4", m.test() is True, "free after it")
m.release()
try:
    with m:
        raise ValueError
except ValueError:
    check("M4", m.test() is True, "free after an exception")
m.release()

# Free again while it waits: a callback lets it go.
m.test()
micropython.schedule(lambda _: m.release(), None)
with m:
    check("M7", m.test() is False, "with, after a callback has released it")

seen = []
with m:
    micropython.schedule(callback, None)
    for _ in range(100):
        pass
check("M6", seen and isinstance(seen[0], RuntimeError), "a wait without end in a callback: %r" % seen)
check("M6", m.test() is True, "it is free at the end")

print("PASS %d checks" % checks if not failures else "FAILED %d of %d" % (failures, checks))
