# check: error assertion line=17
# options: --search feedback --time 15
# within: feedback=30
# A hundred threads, of which 99 write two places in order and one reads them: fails when it sees the first write only.
import _thread

a = b = 0


def write():
    global a, b
    a = 1
    b = -1


def look():
    assert (a == 0 and b == 0) or (a == 1 and b == -1)


def start_all(start, write, look):
    for _ in range(99):
        start(write, ())
    start(look, ())


start_all(_thread.start_new_thread, write, look)
