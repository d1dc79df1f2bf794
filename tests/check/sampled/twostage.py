# check: error assertion line=27 preemptions=1 interrupts=0
# sampled: walk=65 urw=45 pct3=6.7 pos=12
# Two stages, each under its lock: fails when the other thread reads both between them.
import _thread
import machine

first_lock = _thread.allocate_lock()
second_lock = _thread.allocate_lock()
first = second = 0


def update(first_lock, second_lock):
    global first, second
    with first_lock:
        first = 1
    with second_lock:
        second = first + 1


def look(first_lock, second_lock):
    with first_lock:
        if first == 0:
            return
        seen = first
    with second_lock:
        seen_second = second
    assert seen_second == seen + 1


state = machine.disable_irq()
_thread.start_new_thread(update, (first_lock, second_lock))
_thread.start_new_thread(look, (first_lock, second_lock))
machine.enable_irq(state)
