# check: error assertion line=16 preemptions=1 interrupts=0
# A limit that is looked at before the item is appended. Fails when one is interrupted between the two.
import _thread
import heddle

LIMIT = 1
queue = []


def put(item):
    if len(queue) < LIMIT:
        queue.append(item)


def check():
    assert len(queue) <= LIMIT


heddle.at_end(check)
_thread.start_new_thread(put, (1,))
_thread.start_new_thread(put, (2,))
