# check: clean complete
# The handler frees the lock at its fifth firing: the bound on firings is no reason for main code to wait for ever.
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


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
lock.acquire()
timer.deinit()
