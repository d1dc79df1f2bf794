# check: error deadlock line=16 preemptions=1 interrupts=0
# check: executions=6 blocked=1
# check: N=2: executions=2 blocked=1
# check: N=4: executions=14 blocked=1
# check: N=5: executions=30 blocked=1
# Dining philosophers. Fails when the first is interrupted with one fork, and the last, the last but one, ... each come
# to wait for the fork of the one before it.
import _thread

N = 3
forks = [_thread.allocate_lock() for _ in range(N)]


def dine(i):
    with forks[i]:
        with forks[(i + 1) % N]:
            pass


for i in range(N):
    _thread.start_new_thread(dine, (i,))
