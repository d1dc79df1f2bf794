# check: error deadlock line=15 preemptions=2 interrupts=0
# Who waits leaves the monitor before it stands in the queue: nobody wakes it.
import _thread

lock = _thread.allocate_lock()
waiters = []
items = []


def wait():
    mine = _thread.allocate_lock()
    mine.acquire()
    lock.release()
    waiters.append(mine)
    mine.acquire()
    lock.acquire()


def notify():
    if waiters:
        waiters.pop(0).release()


def get():
    with lock:
        while not items:
            wait()
        return items.pop()


def put(value):
    with lock:
        items.append(value)
        notify()


def consumer():
    assert get() in (1, 2)


_thread.start_new_thread(consumer, ())
_thread.start_new_thread(consumer, ())
put(1)
put(2)
