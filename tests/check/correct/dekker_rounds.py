# check: clean complete
# check: maybe data-race
# Dekker's mutual exclusion, twice each: whoever leaves sets `turn`, which it may have looked at long ago.
import _thread
import heddle

ROUNDS = 2
wants = [False, False]
turn = 0
v = 0


def work(me):
    global turn, v
    other = 1 - me
    for _ in range(ROUNDS):
        wants[me] = True
        while wants[other]:
            if turn != me:
                wants[me] = False
                while turn != me:
                    pass
                wants[me] = True
        v += 1
        turn = other
        wants[me] = False


def check():
    assert v == 2 * ROUNDS


heddle.at_end(check)
_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
