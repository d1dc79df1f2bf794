# check: clean complete executions=2
# check: maybe lock-order
# The main thread waits for each thread's end by a lock that the thread releases.
import _thread

N = 2
lock = _thread.allocate_lock()
ends = [_thread.allocate_lock() for _ in range(N)]
total = 0


def work(i):
    global total
    with lock:
        total += i + 1
    ends[i].release()


def main():
    for i in range(N):
        ends[i].acquire()
        _thread.start_new_thread(work, (i,))
    for i in range(N):
        ends[i].acquire()
    assert total == 3


main()
