# check: clean complete
# check: maybe data-race
# Peterson's mutual exclusion as two functions, called in a loop.
import _thread
import heddle

ROUNDS = 2
wants = [False, False]
turn = 0
v = 0


def must_wait(me):
    return wants[1 - me] and turn != me


def lock(me):
    global turn
    wants[me] = True
    turn = 1 - me
    while must_wait(me):
        pass


def unlock(me):
    wants[me] = False


def work(me):
    global v
    for _ in range(ROUNDS):
        lock(me)
        v += 1
        unlock(me)


def check():
    assert v == 2 * ROUNDS


heddle.at_end(check)
_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
