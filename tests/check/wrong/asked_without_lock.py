# check: error lost-update line=18 preemptions=1 interrupts=0
# As correct/asked_without_lock.py, but what the other one writes answers the question: both find the place free, one
# after the other has it.
import _thread

lock = _thread.allocate_lock()
owner = 0


def work(me):
    global owner
    nobody_has_it = not owner
    if not nobody_has_it:
        return
    with lock:
        pass
    with lock:
        owner = me


_thread.start_new_thread(work, (1,))
work(2)
