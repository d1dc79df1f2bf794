# check: error deadlock line=12 preemptions=0 interrupts=0
# A locked method calls another locked method: it waits for itself, on every schedule.
import _thread


class Store:
    def __init__(self):
        self.lock = _thread.allocate_lock()
        self.items = {}

    def size(self):
        with self.lock:
            return len(self.items)

    def is_empty(self):
        with self.lock:
            return self.size() == 0


store = Store()
_thread.start_new_thread(store.is_empty, ())
