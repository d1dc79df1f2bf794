# check: error isr-block|deadlock line=11 preemptions=0 interrupts=1
# A hard handler that waits for a lock. Fails at the latest when main code holds it.
import _thread
import pyb

lock = _thread.allocate_lock()
v = 0


def tick(timer):
    lock.acquire()
    lock.release()


pyb.Timer(4, freq=1000, callback=tick)
with lock:
    v += 1
