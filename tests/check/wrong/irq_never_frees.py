# check: error deadlock line=21 preemptions=0
# The handler comes again and again, and never frees the lock.
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


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)

lock.acquire()
timer.deinit()
