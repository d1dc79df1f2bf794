# check: clean complete
# check: maybe data-race
# Knuth's mutual exclusion: the first one that is fair.
import _thread

N = 2
control = [0] * N
k = 0
inside = 0


def work(me):
    global k, inside
    while True:
        control[me] = 1
        j = k
        while j != me:
            j = k if control[j] else (j - 1) % N
        control[me] = 2
        if not any(control[j] == 2 for j in range(N) if j != me):
            break
    k = me
    inside += 1
    assert inside == 1
    inside -= 1
    k = (me - 1) % N
    control[me] = 0


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
