# check: clean complete
# check: maybe data-race
# check: maybe lock-order
# Mutual exclusion by Eisenberg and McGuire: a loop whose body alone reads what it waits for.
import _thread

N = 2
IDLE, WANTS, ACTIVE = 0, 1, 2
state = [IDLE] * N
turn = 0
inside = 0


def work(me):
    global turn, inside
    while True:
        state[me] = WANTS
        k = turn
        while k != me:
            k = turn if state[k] != IDLE else (k + 1) % N
        state[me] = ACTIVE
        k = 0
        while k < N and (k == me or state[k] != ACTIVE):
            k += 1
        if k >= N and (turn == me or state[turn] == IDLE):
            break
    turn = me
    inside += 1
    assert inside == 1
    inside -= 1
    k = (turn + 1) % N
    while state[k] == IDLE:
        k = (k + 1) % N
    turn = k
    state[me] = IDLE


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
