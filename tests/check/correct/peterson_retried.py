# check: clean complete
# check: maybe data-race
# Peterson's mutual exclusion, that begins anew where it has to wait. To set turn once more loses nothing: each turn of
# the loop begins with that, whatever the one before has read.
import _thread

flag = [0, 0]
turn = 0
inside = 0


def work(me):
    global turn, inside
    other = 1 - me
    while True:
        flag[me] = 1
        turn = other
        if not (flag[other] and turn == other):
            break
    inside += 1
    assert inside == 1
    inside -= 1
    flag[me] = 0


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
