# check: clean complete executions=2
# check: N=3: clean complete executions=6
# check: N=4: clean complete executions=24
# N threads of one locked increment: the order in which they get the lock is all that differs, so there are N!
# executions.
import _thread
import heddle

N = 2
lock = _thread.allocate_lock()
v = 0


def work():
    global v
    with lock:
        v += 1


def check():
    assert v == N


heddle.at_end(check)
for _ in range(N):
    _thread.start_new_thread(work, ())
