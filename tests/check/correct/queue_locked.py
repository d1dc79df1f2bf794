# check: clean complete executions=6
# A queue of limited length: who finds it full gives up, who finds it empty too, all under the lock.
import _thread
import heddle

LIMIT = 1
lock = _thread.allocate_lock()
queue = []
counts = {"in": 0, "out": 0}


def put(item):
    with lock:
        if len(queue) < LIMIT:
            queue.append(item)
            counts["in"] += 1


def get():
    with lock:
        if len(queue) > 0:
            queue.pop(0)
            counts["out"] += 1


def check():
    assert len(queue) <= LIMIT and counts["in"] == counts["out"] + len(queue)


heddle.at_end(check)
_thread.start_new_thread(put, (1,))
_thread.start_new_thread(put, (2,))
_thread.start_new_thread(get, ())
