# check: clean complete
# check: warning lock-misuse line=10
# A thread ends with a lock that nobody else wants: no error, but hardly meant.
import _thread

lock = _thread.allocate_lock()


def work():
    lock.acquire()


_thread.start_new_thread(work, ())
