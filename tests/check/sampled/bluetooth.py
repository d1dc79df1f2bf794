# check: error assertion line=33 preemptions=1 interrupts=0
# published: walk=26 urw=62 pct3=15 pos=15
# A driver that looks whether it is stopping, and then counts itself as working: fails when it is stopped in between.
import _thread

lock = _thread.allocate_lock()
stopped_event = _thread.allocate_lock()
stopped_event.acquire()
stopping = stopped = False
pending = 1


def enter(lock):
    global pending
    if stopping:
        return False
    with lock:
        pending += 1
    return True


def leave(lock, stopped_event):
    global pending
    with lock:
        pending -= 1
        left = pending
    if left == 0:
        stopped_event.release()


def work(lock, stopped_event):
    if enter(lock):
        assert not stopped
        leave(lock, stopped_event)


def stop(lock, stopped_event):
    global stopping, stopped
    stopping = True
    leave(lock, stopped_event)
    stopped_event.acquire()
    with lock:
        stopped = True


_thread.start_new_thread(work, (lock, stopped_event))
_thread.start_new_thread(stop, (lock, stopped_event))
