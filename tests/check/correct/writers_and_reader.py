# check: clean complete executions=6
# check: maybe data-race
# check: N=3: clean complete executions=24
# check: N=4: clean complete executions=120
# N writers and one reader of one place: (N + 1)! executions. No writer has read, so none loses an update.
import _thread

N = 2
v = 0


def write(value):
    global v
    v = value


def read():
    return v


for i in range(N):
    _thread.start_new_thread(write, (i,))
_thread.start_new_thread(read, ())
