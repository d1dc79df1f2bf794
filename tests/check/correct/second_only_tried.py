# check: clean complete
# check: maybe lock-order
# Two locks in opposite orders, but the second is only tried: nobody waits while holding one.
import _thread

first = _thread.allocate_lock()
second = _thread.allocate_lock()
done = [0, 0]


def work(i, outer, inner):
    with outer:
        if inner.acquire(0):
            done[i] += 1
            inner.release()


_thread.start_new_thread(work, (0, first, second))
_thread.start_new_thread(work, (1, second, first))
