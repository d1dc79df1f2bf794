# check: error exception line=14
# The order of items takes a lock, and a sort cannot wait. Fails when the other thread is interrupted while it has the
# lock.
import _thread

lock = _thread.allocate_lock()


class Item:
    def __init__(self, number):
        self.number = number

    def __lt__(self, other):
        with lock:
            return self.number < other.number


def work():
    with lock:
        print("locked")


_thread.start_new_thread(work, ())
items = [Item(2), Item(1)]
items.sort()
