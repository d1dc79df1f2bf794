# check: clean complete executions=4
# A barrier for two: the count is kept under a lock, the last one opens the gate, and each lets the next one through.
import _thread

N = 2
lock = _thread.allocate_lock()
gate = _thread.allocate_lock()
gate.acquire()
arrived = 0
done = [False] * N


def work(i):
    global arrived
    done[i] = True
    with lock:
        arrived += 1
        if arrived == N:
            gate.release()
    gate.acquire()
    gate.release()
    assert done[1 - i]


for i in range(N):
    _thread.start_new_thread(work, (i,))
