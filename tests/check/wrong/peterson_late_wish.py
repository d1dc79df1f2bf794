# check: error lost-update line=18 preemptions=2 interrupts=0
# Peterson's mutual exclusion with its first two lines exchanged: turn first, wish second. Fails when one is
# interrupted between them, and the other inside.
import _thread

wants = [False, False]
turn = 0
v = 0


def work(me):
    global turn, v
    other = 1 - me
    turn = other
    wants[me] = True
    while wants[other] and turn == other:
        pass
    v += 1
    wants[me] = False


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
