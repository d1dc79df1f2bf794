# check: clean complete
# check: maybe data-race
# A barrier that is used again: who comes last turns its sense, which the others wait for.
import _thread

lock = _thread.allocate_lock()
N = 2
left = N
sense = False
out = [0] * N


def wait(mine):
    global left, sense
    with lock:
        left -= 1
        last = left == 0
        if last:
            left = N
            sense = mine
    while sense != mine:
        pass


def work(me):
    mine = False
    for phase in range(2):
        out[me] += 1
        mine = not mine
        wait(mine)
        assert out[1 - me] >= phase + 1


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
