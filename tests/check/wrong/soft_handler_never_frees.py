# check: error deadlock line=19 preemptions=0
# A soft handler comes again and again while main waits, and never frees the lock.
import _thread
import machine

lock = _thread.allocate_lock()
lock.acquire()
fired = 0


def tick(timer):
    global fired
    fired += 1
    if fired < 0:
        lock.release()


machine.Timer(-1).init(period=10, callback=tick)
lock.acquire()
