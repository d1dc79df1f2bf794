# check: clean complete executions=2
# options: --board rp2
# Two cores without an interpreter lock: what both change is under a lock.
import _thread

lock = _thread.allocate_lock()
items = []


def work(item):
    with lock:
        items.append(item)


_thread.start_new_thread(work, (1,))
work(2)
