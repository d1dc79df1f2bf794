# check: clean complete executions=3
# A lock that is tried with interrupts disabled, and done without where another thread has it.
import _thread
import heddle
from machine import disable_irq, enable_irq

lock = _thread.allocate_lock()
count = 0
put_off = 0


def work():
    global count, put_off
    state = disable_irq()
    if lock.acquire(0):
        count += 1
        lock.release()
    else:
        put_off += 1
    enable_irq(state)


def wait():
    global count
    with lock:
        count += 1


_thread.start_new_thread(work, ())
_thread.start_new_thread(wait, ())


@heddle.at_end
def check():
    assert count + put_off == 2
