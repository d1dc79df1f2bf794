# check: clean complete executions=6
# check: K=1: clean complete executions=2
# check: K=3: clean complete executions=20
# check: K=4: clean complete executions=70
# check: K=5: clean complete executions=252
# Two threads of K locked sections each: C(2K, K) orders.
import _thread

K = 2
lock = _thread.allocate_lock()
v = 0


def work():
    global v
    for _ in range(K):
        with lock:
            v += 1


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
