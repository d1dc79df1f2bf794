# MicroPython's issue 6691: main code holds a _thread lock, and the handler of a timer wants the same one. It waits for
# main code, which cannot go on before the handler is over. A board is dead then; here the handler gets a
# RuntimeError, and the timer calls nobody any more. issue_6691_after.py is the cure.

import _thread
import pyb
import time

lock = _thread.allocate_lock()
counts = [0, 0]


def tick(timer):
    lock.acquire()
    counts[0] += 1
    counts[1] += 1
    lock.release()


timer = pyb.Timer(4, freq=500, callback=tick)

end = time.ticks_add(time.ticks_ms(), 200)
while time.ticks_diff(end, time.ticks_ms()) > 0:
    with lock:
        counts[0] += 1
        counts[1] += 1
        time.sleep_ms(3)
timer.deinit()

print("main code lived on, the handler did not; the lock is %s" % ("taken" if lock.locked() else "free"))
