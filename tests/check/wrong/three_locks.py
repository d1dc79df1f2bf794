# check: error deadlock line=13 preemptions=1 interrupts=0
# A cycle of three threads and three locks, each pair in the order of one thread only. Fails when the first is
# interrupted between its two locks.
import _thread

a = _thread.allocate_lock()
b = _thread.allocate_lock()
c = _thread.allocate_lock()


def work(outer, inner):
    outer.acquire()
    inner.acquire()
    inner.release()
    outer.release()


_thread.start_new_thread(work, (a, b))
_thread.start_new_thread(work, (b, c))
_thread.start_new_thread(work, (c, a))
