# check: error deadlock line=13 preemptions=1 interrupts=0
# sampled: walk=2 urw=1.8 pos=3
# published: walk=2 urw=1.8 pct3=6.6 pos=3
# Two locks in opposite orders: fails when one thread is interrupted between its two.
import _thread

first = _thread.allocate_lock()
second = _thread.allocate_lock()


def work(outer, inner):
    with outer:
        with inner:
            pass


first.acquire()
second.acquire()
_thread.start_new_thread(work, (first, second))
_thread.start_new_thread(work, (second, first))
import machine
state = machine.disable_irq()
first.release()
second.release()
machine.enable_irq(state)
