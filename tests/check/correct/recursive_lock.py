# check: clean complete executions=6
# check: maybe data-race
# A lock that its owner may take again. Who asks for the owner without the lock only wants to know whether it is itself:
# that nobody else can change. The write of the owner replaces others' writes, and loses nothing of them. The sections of
# two threads come in two orders; who comes second asks before, within or after the first one's section, in which the
# owner is written twice.
import _thread


class RecursiveLock:
    def __init__(self):
        self._lock = _thread.allocate_lock()
        self._owner = None
        self._count = 0

    def __enter__(self):
        me = _thread.get_ident()
        if self._owner == me:
            self._count += 1
            return
        self._lock.acquire()
        self._owner = me
        self._count = 1

    def __exit__(self, kind, value, traceback):
        self._count -= 1
        if not self._count:
            self._owner = None
            self._lock.release()


lock = RecursiveLock()
balance = 0
done = _thread.allocate_lock()
done.acquire()


def add(amount):
    global balance
    with lock:
        balance += amount


def move(amount):
    with lock:
        add(amount)
        add(-amount)


def work():
    move(3)
    done.release()


_thread.start_new_thread(work, ())
move(5)
done.acquire()
assert balance == 0
