# check: error deadlock line=15 preemptions=1 interrupts=0
# sampled: walk=2 urw=1.8 pct3=6.6 pos=3
# Two locks in opposite orders: fails when one thread is interrupted between its two.
import _thread
import machine

first = _thread.allocate_lock()
second = _thread.allocate_lock()
count = 0


def work(outer, inner):
    global count
    with outer:
        with inner:
            count += 1


state = machine.disable_irq()
_thread.start_new_thread(work, (first, second))
_thread.start_new_thread(work, (second, first))
machine.enable_irq(state)
