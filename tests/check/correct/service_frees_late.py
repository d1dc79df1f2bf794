# check: clean complete
# check: maybe data-race
# A service frees the lock once a handler has counted to nine, which the bound on firings does not let come.
import _thread
import machine
import time

lock = _thread.allocate_lock()
lock.acquire()
fired = 0


def tick(timer):
    global fired
    fired += 1


def serve():
    while True:
        time.sleep_ms(20)
        if fired >= 9 and lock.locked():
            lock.release()


machine.Timer(-1).init(period=10, callback=tick, hard=True)
_thread.start_new_thread(serve, ())
lock.acquire()
