# check: clean complete
# check: maybe data-race
# A function with a loop of its own is called again and again: that is no turn of one loop that waits.
import _thread

flag = False
seen = 0


def peek():
    for k in range(1):
        if flag:
            return True
    return False


def work():
    global seen
    n = 0
    for i in range(4):
        if peek():
            n += 1
    seen = n


_thread.start_new_thread(work, ())
flag = True
