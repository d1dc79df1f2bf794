# check: clean complete executions=2
# Two producers fill a circular buffer; item and index change under one lock.
import _thread
import heddle

lock = _thread.allocate_lock()
items = [0] * 4
head = 0


def put(item):
    global head
    with lock:
        items[head] = item
        head = (head + 1) % len(items)


def check():
    assert head == 2 and sorted(items) == [0, 0, 7, 9]


heddle.at_end(check)
_thread.start_new_thread(put, (7,))
_thread.start_new_thread(put, (9,))
