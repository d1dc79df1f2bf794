# check: error assertion line=51 preemptions=2 interrupts=0
# Treiber's stack, where who pops does not ask whether the top was replaced.
import _thread, heddle

guard = _thread.allocate_lock()
top = None
popped = []


def cas(old, new):
    global top
    with guard:
        if top is not old:
            return False
        top = new
        return True


def push(value):
    while True:
        old = top
        if cas(old, (value, old)):
            return


def pop():
    while True:
        old = top
        if old is None:
            return None
        cas(old, old[1])
        return old[0]


def one():
    push(1)
    popped.append(pop())


def two():
    push(2)
    popped.append(pop())


_thread.start_new_thread(one, ())
_thread.start_new_thread(two, ())


@heddle.at_end
def end():
    assert sorted(popped) == [1, 2]
