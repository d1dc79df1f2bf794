# check: error lost-update line=17 preemptions=1 interrupts=0
# check: executions=34
# check: K=1: executions=4
# check: K=3: executions=328
# check: K=4: executions=3334
# check: K=5: executions=34904
# Two threads of K unlocked increments. Fails when one is interrupted between the reading and the writing.
import _thread

K = 2
v = 0


def work():
    global v
    for _ in range(K):
        v += 1


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
