# check: clean complete
# check: maybe data-race
# The filter lock of n threads; who waits asks a generator, which is made anew at each turn.
import _thread

N = 2
level = [0] * N
last = [0] * N
inside = 0


def work(me):
    global inside
    for l in range(1, N):
        level[me] = l
        last[l] = me
        while last[l] == me and any(level[k] >= l for k in range(N) if k != me):
            pass
    inside += 1
    assert inside == 1
    inside -= 1
    level[me] = 0


for i in range(N):
    _thread.start_new_thread(work, (i,))
