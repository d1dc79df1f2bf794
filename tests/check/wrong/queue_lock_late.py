# check: error livelock line=40 preemptions=2 interrupts=0
# The queue lock, where who waits says so after it can be found: what wakes it comes before, and is lost.
import _thread

guard = _thread.allocate_lock()
tail = None
inside = 0


class Node:
    def __init__(self):
        self.next = None
        self.locked = False


def swap(new):
    global tail
    with guard:
        old = tail
        tail = new
    return old


def compare_and_swap(old, new):
    global tail
    with guard:
        if tail is old:
            tail = new
            return True
    return False


def work():
    global inside
    node = Node()
    before = swap(node)
    if before is not None:
        before.next = node
        node.locked = True
        while node.locked:
            pass
    inside += 1
    assert inside == 1
    inside -= 1
    if node.next is None:
        if compare_and_swap(node, None):
            return
        while node.next is None:
            pass
    node.next.locked = False


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
