# A thread that is started and does its work, again and again: waited for with a lock, and with a loop that spins
# on a flag.
import _thread
import time

THREADS = 10_000

done = _thread.allocate_lock()
finished = False


def release():
    done.release()


def set_flag():
    global finished
    finished = True


def join_by_lock():
    for _ in range(THREADS):
        _thread.start_new_thread(release, ())
        done.acquire()


def join_by_spinning():
    global finished
    for _ in range(THREADS):
        finished = False
        _thread.start_new_thread(set_flag, ())
        while not finished:
            pass


done.acquire()
for measured in (join_by_lock, join_by_spinning):
    start = time.ticks_us()
    measured()
    print(measured.__name__, time.ticks_diff(time.ticks_us(), start) * 1000 / THREADS)
