# check: error deadlock line=15,16 preemptions=1 interrupts=0
# The first of each kind takes the resource while it holds the lock of the counts, which the other kind needs to give
# the resource back. Fails when the first kind is interrupted while it is inside.
import _thread

lock = _thread.allocate_lock()
resource = _thread.allocate_lock()
inside = {"a": 0, "b": 0}


def visit(kind):
    with lock:
        inside[kind] += 1
        if inside[kind] == 1:
            resource.acquire()
    with lock:
        inside[kind] -= 1
        if inside[kind] == 0:
            resource.release()


_thread.start_new_thread(visit, ("a",))
_thread.start_new_thread(visit, ("b",))
