# check: clean complete
# check: maybe lock-misuse
# A driver that stops while work is under way: who works is counted under the lock before it works, and the last one,
# or the stopper if there is none, says that nobody is left.
import _thread
import heddle

lock = _thread.allocate_lock()
nobody_left = _thread.allocate_lock()
nobody_left.acquire()
stopping = False
stopped = False
users = 1


def leave():
    global users
    with lock:
        users -= 1
        if users == 0:
            nobody_left.release()


def work():
    global users
    with lock:
        may = not stopping
        if may:
            users += 1
    if may:
        assert not stopped
        leave()


def stop():
    global stopping, stopped
    with lock:
        stopping = True
    leave()
    nobody_left.acquire()
    stopped = True


_thread.start_new_thread(work, ())
_thread.start_new_thread(stop, ())
