# check: clean complete
# A soft handler frees the lock at its fifth call: the bound on firings is no reason for main to wait for ever.
import _thread
import machine

lock = _thread.allocate_lock()
lock.acquire()
fired = 0


def tick(timer):
    global fired
    fired += 1
    if fired == 5:
        lock.release()


machine.Timer(-1).init(period=10, callback=tick)
lock.acquire()
