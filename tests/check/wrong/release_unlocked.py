# check: error lock-misuse line=11 preemptions=0 interrupts=0
# A second release, on every schedule.
import _thread

lock = _thread.allocate_lock()


def work():
    with lock:
        pass
    lock.release()


_thread.start_new_thread(work, ())
