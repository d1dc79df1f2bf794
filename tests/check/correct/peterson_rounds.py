# check: clean complete
# check: maybe data-race
# Peterson's mutual exclusion, twice each: who comes again sets `turn`, which the other one may have set since it was
# looked at. Nothing is computed from that.
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
        turn = other
        while wants[other] and turn == other:
            pass
        v += 1
        wants[me] = False


def check():
    assert v == 2 * ROUNDS


heddle.at_end(check)
_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
