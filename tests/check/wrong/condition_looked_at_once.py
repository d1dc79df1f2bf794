# check: error exception line=28 preemptions=2 interrupts=0
# Who was woken does not look again, and somebody else was faster.
import _thread

lock = _thread.allocate_lock()
waiters = []
items = []


def wait():
    mine = _thread.allocate_lock()
    mine.acquire()
    waiters.append(mine)
    lock.release()
    mine.acquire()
    lock.acquire()


def notify():
    if waiters:
        waiters.pop(0).release()


def get():
    with lock:
        if not items:
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
