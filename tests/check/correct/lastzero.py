# check: clean complete executions=12
# check: maybe data-race
# check: N=4: clean complete executions=28
# check: N=5: clean complete executions=64
# Writer i makes item i one more than the item before it; one thread looks for the last zero from the end. (N + 3) *
# 2^(N - 2) executions.
import _thread

N = 3
items = [0] * (N + 1)


def look():
    i = N
    while items[i] != 0:
        i -= 1
    return i


def write(i):
    items[i] = items[i - 1] + 1


_thread.start_new_thread(look, ())
for i in range(1, N + 1):
    _thread.start_new_thread(write, (i,))
