# Two threads add to one number under one lock.
import _thread
import time

ADDITIONS = 1_000_000  # of each thread

total = 0
lock = _thread.allocate_lock()
other_done = _thread.allocate_lock()


def add():
    global total
    for _ in range(ADDITIONS):
        with lock:
            total += 1


def other():
    add()
    other_done.release()


other_done.acquire()
start = time.ticks_us()
_thread.start_new_thread(other, ())
add()
other_done.acquire()
elapsed = time.ticks_diff(time.ticks_us(), start)
assert total == 2 * ADDITIONS
print("contended_lock", elapsed * 1000 / (2 * ADDITIONS))
