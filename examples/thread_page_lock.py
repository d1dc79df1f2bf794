# A lock keeps together what belongs together: threads move money from one account to the other, with the lock held
# in both ways there are, and the sum stays what it was.

import _thread
import time

# As few as heddle check can try in every order within a second.
ROUNDS = 3

lock = _thread.allocate_lock()
accounts = [1000, 1000]


def move(source, target, amount):
    balance = accounts[source]
    # Long enough for the other threads to come in between, if they could.
    time.sleep_ms(1)
    accounts[source] = balance - amount
    accounts[target] += amount


def move_with(done):
    for _ in range(ROUNDS):
        with lock:
            move(0, 1, 7)
    done.release()


def move_with_acquire(done):
    for _ in range(ROUNDS):
        lock.acquire()
        try:
            move(1, 0, 5)
        finally:
            lock.release()
    done.release()


def move_if_free(done):
    moves = 0
    for _ in range(ROUNDS):
        # Others may have it; this one has better things to do than to wait for long.
        if lock.acquire(1, 0.005):
            move(0, 1, 1)
            lock.release()
            moves += 1
    print("moved %d times, gave up %d times" % (moves, ROUNDS - moves))
    done.release()


ends = []
for function in (move_with, move_with_acquire, move_if_free):
    done = _thread.allocate_lock()
    done.acquire()
    ends.append(done)
    _thread.start_new_thread(function, (done,))
for done in ends:
    done.acquire()
print("the sum is %d" % sum(accounts))
