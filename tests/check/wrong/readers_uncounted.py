# check: error lost-update line=13,16 preemptions=1 interrupts=0
# check: error deadlock line=15 preemptions=1 interrupts=0
# Readers count themselves without a lock. Fails when one is interrupted in the middle of it, or, having counted
# itself, before it looks whether it is the first.
import _thread

resource = _thread.allocate_lock()
readers = 0


def read():
    global readers
    readers += 1
    if readers == 1:
        resource.acquire()
    readers -= 1
    if readers == 0:
        resource.release()


_thread.start_new_thread(read, ())
_thread.start_new_thread(read, ())
