# check: error lost-update line=12,11 preemptions=1 interrupts=0
# A ring that is right for one producer has two. Fails when one is interrupted before it has moved the head.
import _thread

ring = [None] * 4
head = 0


def put(item):
    global head
    ring[head] = item
    head += 1


_thread.start_new_thread(put, ("a",))
_thread.start_new_thread(put, ("b",))
