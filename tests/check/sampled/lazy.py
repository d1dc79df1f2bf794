# check: error assertion line=19 preemptions=0 interrupts=0
# sampled: walk=3 urw=2.4 pct3=3 pos=2.9
# Three locked sections: fails when the third to be started comes last.
import _thread
import machine

lock = _thread.allocate_lock()
data = 0


def add(lock, amount):
    global data
    with lock:
        data += amount


def look(lock):
    with lock:
        assert data < 3


state = machine.disable_irq()
_thread.start_new_thread(add, (lock, 1))
_thread.start_new_thread(add, (lock, 2))
_thread.start_new_thread(look, (lock,))
machine.enable_irq(state)
