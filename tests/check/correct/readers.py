# check: clean complete executions=4
# check: maybe data-race
# check: N=3: clean complete executions=8
# check: N=5: clean complete executions=32
# One writer, N readers of one place: each reads before or after the write, 2^N executions.
import _thread

N = 2
v = 0


def write():
    global v
    v = 1


def read():
    return v


_thread.start_new_thread(write, ())
for _ in range(N):
    _thread.start_new_thread(read, ())
