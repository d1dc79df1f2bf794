# check: error lost-update line=15 preemptions=1 interrupts=0
# check: executions=4
# check: N=3: executions=36
# check: N=4: executions=576
# N threads of a read and a write: (N!)^2 executions. Fails when one is interrupted between its two lines.
import _thread

N = 2
v = 0


def work():
    global v
    t = v
    v = t + 1


for _ in range(N):
    _thread.start_new_thread(work, ())
