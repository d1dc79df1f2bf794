# check: clean complete executions=1
# check: --timing any: clean complete executions=1
# A limit of time on a lock that is free: nothing to wait for, so it is taken.
import _thread

lock = _thread.allocate_lock()
for timeout in (0.5, 1, -1, -2.5):
    assert lock.acquire(1, timeout)
    lock.release()
assert lock.acquire(timeout=0.5)
assert not lock.acquire(timeout=0)
lock.release()
