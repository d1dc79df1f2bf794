# check: clean complete
# check: maybe data-race
# Who finds the other's flag takes its own back, and tries again. Both may do so for ever, but need not.
import _thread

wants = [False, False]
inside = 0


def work(me):
    global inside
    other = 1 - me
    while True:
        wants[me] = True
        if not wants[other]:
            break
        wants[me] = False
    inside += 1
    assert inside == 1
    inside -= 1
    wants[me] = False


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
