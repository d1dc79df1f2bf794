# check: clean complete
# Who cannot get the second lock gives the first one back, and tries again.
import _thread

forks = [_thread.allocate_lock(), _thread.allocate_lock()]


def work(me):
    first, second = forks[me], forks[1 - me]
    while True:
        first.acquire()
        if second.acquire(False):
            break
        first.release()
    second.release()
    first.release()


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
