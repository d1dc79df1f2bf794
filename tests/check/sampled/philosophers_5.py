# check: error deadlock line=13 preemptions=1 interrupts=0
# sampled: walk=6.2 urw=4.3 pct3=175 pos=15
# Five dining philosophers: fails when each has one fork.
import _thread
import machine

N = 5
forks = [_thread.allocate_lock() for _ in range(N)]


def dine(left, right):
    with left:
        with right:
            pass


state = machine.disable_irq()
for i in range(N):
    _thread.start_new_thread(dine, (forks[i], forks[(i + 1) % N]))
machine.enable_irq(state)
