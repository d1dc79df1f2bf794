# check: error exception line=20 preemptions=2 interrupts=0
# Interrupts are disabled around a lock, which nobody can wait for there. Fails when the other thread is interrupted while
# it has the lock.
import _thread
from machine import disable_irq, enable_irq

lock = _thread.allocate_lock()
count = 0


def work():
    global count
    with lock:
        count += 1


_thread.start_new_thread(work, ())
state = disable_irq()
try:
    lock.acquire()
    count += 1
    lock.release()
finally:
    enable_irq(state)
