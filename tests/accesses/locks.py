import _thread
import mutex


class Owner:
    def __init__(self):
        self.lock = _thread.allocate_lock()

    def __enter__(self):
        self.lock.acquire()

    def __exit__(self, *error):
        self.lock.release()


def run(argument):
    pass


def leave_early():
    with lock:  #: acquire lock
        return 1  #: release lock


def fail():
    with lock:
        raise ValueError  #: release lock


def locks():
    lock.acquire()  #: acquire lock
    lock.locked()  #: look lock
    lock.acquire(False)  #: try_acquire lock
    lock.acquire(0)  #: try_acquire lock
    lock.acquire(True, 0)  #: try_acquire lock
    lock.acquire(blocking=False)  #: try_acquire lock
    lock.acquire(True, 0.001)  #: acquire_for lock
    lock.acquire(timeout=0.001)  #: acquire_for lock
    lock.release()  #: release lock
    lock.acquire(True, -1)  #: acquire lock
    release = lock.release  #: nothing
    release()  #: release lock
    with lock:  #: acquire lock
        pass  #: release lock
    for _ in (1, 2):
        with lock:  #: acquire lock
            break  #: release lock
    with m:  #: acquire m
        pass  #: release m
    m.test()  #: try_acquire m
    m.release()  #: release m
    with owner:  #: read owner.__enter__, read Owner.__enter__, read Owner.__exit__
        pass
    owner.lock.acquire()  #: read owner.lock, acquire owner.lock
    owner.lock.release()  #: read owner.lock, release owner.lock
    forks[1].acquire()  #: read forks[1], read the size of forks, acquire forks[1]
    by_name["a"].acquire()  #: read by_name['a'], acquire by_name['a']
    _thread.allocate_lock()  #: nothing
    _thread.get_ident()  #: nothing
    _thread.start_new_thread(run, (1,))  #: start the threads


lock = _thread.allocate_lock()
m = mutex.Mutex()
owner = Owner()
forks = [_thread.allocate_lock(), _thread.allocate_lock()]
by_name = {"a": _thread.allocate_lock()}
locks()
leave_early()
try:
    fail()
except ValueError:
    pass
lock.acquire()
