# check: error assertion|lost-update line=35,36 preemptions=2 interrupts=0
# Burns's mutual exclusion without the second look at who is lower. Fails when both have looked before either's flag.
import _thread

N = 2
flag = [False] * N
inside = 0


def lower(me):
    for k in range(me):
        if flag[k]:
            return True
    return False


def higher(me):
    for k in range(me + 1, N):
        if flag[k]:
            return True
    return False


def work(me):
    global inside
    while True:
        flag[me] = False
        if lower(me):
            continue
        flag[me] = True
        break
    while higher(me):
        pass
    inside += 1
    assert inside == 1
    inside -= 1
    flag[me] = False


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
