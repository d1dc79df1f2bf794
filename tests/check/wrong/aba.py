# check: error assertion line=40 preemptions=1 interrupts=0
# A stack whose pop compares the head only. Fails when one pop is interrupted before it compares, and the other thread
# pops a and b and pushes a again: the head is then b, which is in use.
import _thread
import heddle

lock = _thread.allocate_lock()
below = {"a": "b", "b": None}
head = "a"
in_use = []


def exchange_head(old, new):
    global head
    with lock:
        if head == old:
            head = new
            return True
        return False


def pop():
    old = head
    if old is not None and exchange_head(old, below[old]):
        in_use.append(old)


def pop_two_push_one():
    global head
    with lock:
        if head == "a":
            head = "b"
            head = None
            in_use.append("b")
            below["a"] = None
            head = "a"


def check():
    assert head not in in_use


heddle.at_end(check)
_thread.start_new_thread(pop, ())
_thread.start_new_thread(pop_two_push_one, ())
