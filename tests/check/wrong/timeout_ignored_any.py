# check: error lost-update line=14 preemptions=1 interrupts=0
# check: error lock-misuse line=14,13,21 preemptions=1 interrupts=0
# options: --timing any
# A wait that may time out, and nobody looks whether it has. Fails when the holder is interrupted in its section.
import _thread

lock = _thread.allocate_lock()
v = 0


def careful():
    global v
    with lock:
        v += 1


def hurried():
    global v
    lock.acquire(1, 0.1)
    v += 1
    lock.release()


_thread.start_new_thread(careful, ())
_thread.start_new_thread(hurried, ())
