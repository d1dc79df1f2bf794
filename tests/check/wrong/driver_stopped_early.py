# check: error assertion line=27 preemptions=1 interrupts=0
# A driver that looks whether it may work before it is counted as working. Fails when it is interrupted between the
# two, and the stopper finds nobody at work.
import _thread

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
    if not stopping:
        with lock:
            users += 1
        assert not stopped
        leave()


def stop():
    global stopping, stopped
    stopping = True
    leave()
    nobody_left.acquire()
    stopped = True


_thread.start_new_thread(work, ())
_thread.start_new_thread(stop, ())
