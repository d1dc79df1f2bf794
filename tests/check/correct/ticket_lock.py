# check: clean complete
# check: maybe data-race
# Tickets are drawn under a lock, and served in order without one.
import _thread

lock = _thread.allocate_lock()
next_ticket = 0
serving = 0
inside = 0


def work(me):
    global next_ticket, serving, inside
    with lock:
        mine = next_ticket
        next_ticket += 1
    while serving != mine:
        pass
    inside += 1
    assert inside == 1
    inside -= 1
    serving += 1


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
_thread.start_new_thread(work, (2,))
