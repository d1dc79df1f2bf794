# check: clean complete
# check: maybe data-race
# Whether a write comes depends on what was read without the lock, but never on what the other one writes: it is neither
# the caller's own number, nor empty, nor over the limit, before and after. Asked in a call, through a variable, negated.
import _thread

lock = _thread.allocate_lock()
owner = 0
name = "nobody"
level = 1


def is_mine(me):
    return owner == me


def work(me):
    global owner, name, level
    if is_mine(me):
        return
    with lock:
        owner = me
        owner = 0
    was_named = name
    if not was_named:
        return
    with lock:
        name = "somebody"
    if not 9 < level and level is not None:
        with lock:
            level = me + 2


_thread.start_new_thread(work, (1,))
work(2)
