# check: clean complete executions=6
# check: N=4: clean complete executions=14
# Dining philosophers who take the lower fork first. Each fork goes to one neighbour first, in all ways but the two in
# which everybody waits for somebody: 2^N - 2 executions.
import _thread

N = 3
forks = [_thread.allocate_lock() for _ in range(N)]


def dine(low, high):
    with forks[low]:
        with forks[high]:
            pass


for i in range(N - 1):
    _thread.start_new_thread(dine, (i, i + 1))
_thread.start_new_thread(dine, (0, N - 1))
