# check: error assertion line=15
# check: executions=2
# Two threads try a lock with interrupts disabled, and one takes for granted that it has it. Fails when the other one was
# first.
import _thread
from machine import disable_irq, enable_irq

lock = _thread.allocate_lock()


def work(needs_it):
    state = disable_irq()
    took = lock.acquire(0)
    enable_irq(state)
    assert took or not needs_it


_thread.start_new_thread(work, (True,))
_thread.start_new_thread(work, (False,))
