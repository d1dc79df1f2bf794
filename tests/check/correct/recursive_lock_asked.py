# check: clean complete executions=8
# check: maybe data-race
# As recursive_lock.py, but two conditions in a function of its own say whose the lock is. The first one may have been
# another before the owner changed, and the answer is the same. Who comes second asks once before the first one's section
# or after it, or within it, where it asks again, within or after it.
import _thread


class RecursiveLock:
    def __init__(self):
        self._lock = _thread.allocate_lock()
        self._owner = None
        self._depth = 0

    def is_mine(self):
        return self._owner is not None and self._owner == _thread.get_ident()

    def acquire(self):
        if self.is_mine():
            self._depth += 1
            return
        self._lock.acquire()
        self._owner = _thread.get_ident()
        self._depth = 1

    def release(self):
        if not self.is_mine():
            raise RuntimeError("not the owner")
        self._depth -= 1
        if self._depth == 0:
            self._owner = None
            self._lock.release()


lock = RecursiveLock()


def work():
    lock.acquire()
    lock.acquire()
    lock.release()
    lock.release()


_thread.start_new_thread(work, ())
work()
