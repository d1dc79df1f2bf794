# check: clean complete
# check: maybe data-race
# Burns's mutual exclusion: a flag of one bit each, and who has a lower number goes first.
import _thread

N = 2
flag = [False] * N
inside = 0


def lower(me):
    for k in range(me):
        if flag[k]:
            return True
    return False


def higher(me):
    for k in range(me + 1, N):
        if flag[k]:
            return True
    return False


def work(me):
    global inside
    while True:
        flag[me] = False
        if lower(me):
            continue
        flag[me] = True
        if not lower(me):
            break
    while higher(me):
        pass
    inside += 1
    assert inside == 1
    inside -= 1
    flag[me] = False


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
