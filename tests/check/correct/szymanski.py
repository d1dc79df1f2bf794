# check: clean complete
# check: maybe data-race
# Szymanski's mutual exclusion: a waiting room with a door in and a door out.
import _thread

N = 2
flag = [0] * N
inside = 0


def work(me):
    global inside
    flag[me] = 1
    while not all(f < 3 for f in flag):
        pass
    flag[me] = 3
    if any(f == 1 for f in flag):
        flag[me] = 2
        while not any(f == 4 for f in flag):
            pass
    flag[me] = 4
    while not all(flag[k] < 2 for k in range(me)):
        pass
    inside += 1
    assert inside == 1
    inside -= 1
    while not all(flag[k] in (0, 1, 4) for k in range(me + 1, N)):
        pass
    flag[me] = 0


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
