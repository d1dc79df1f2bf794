# check: clean complete executions=1
# Each thread writes an item of its own: items of one list are independent places.
import _thread
import heddle

N = 3
results = [0] * N


def work(i):
    results[i] += i


def check():
    assert sum(results) == 3


heddle.at_end(check)
for i in range(N):
    _thread.start_new_thread(work, (i,))
