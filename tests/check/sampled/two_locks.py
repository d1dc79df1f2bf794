# check: error deadlock line=12 preemptions=1 interrupts=0
# sampled: random=2 urw=1.8 pct3=6.6 pos=3
# Two locks in opposite orders: fails when one thread is interrupted between its two.
import _thread

first = _thread.allocate_lock()
second = _thread.allocate_lock()


def work(outer, inner):
    with outer:
        with inner:
            pass


_thread.start_new_thread(work, (first, second))
_thread.start_new_thread(work, (second, first))
