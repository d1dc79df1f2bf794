# check: clean complete executions=4
# check: maybe data-race
# Peterson's mutual exclusion. By who wrote `turn` last, and by which half of the condition let that one in: 4
# executions.
import _thread
import heddle

wants = [False, False]
turn = 0
v = 0


def work(me):
    global turn, v
    other = 1 - me
    wants[me] = True
    turn = other
    while wants[other] and turn == other:
        pass
    v += 1
    wants[me] = False


def check():
    assert v == 2


heddle.at_end(check)
_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
