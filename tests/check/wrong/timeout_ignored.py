# check: error lost-update line=16 preemptions=0 interrupts=0
# check: error lock-misuse line=16 preemptions=0 interrupts=0
# A wait that may time out, and nobody looks whether it has. Fails each time: the holder sleeps longer than that.
import _thread
import time

lock = _thread.allocate_lock()
v = 0


def slow():
    global v
    with lock:
        t = v
        time.sleep(1)
        v = t + 1


def hurried():
    global v
    lock.acquire(1, 0.1)
    v += 1
    lock.release()


_thread.start_new_thread(slow, ())
_thread.start_new_thread(hurried, ())
