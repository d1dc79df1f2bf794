# check: error lost-update line=15 preemptions=1 interrupts=0
# What was read goes through a variable of the enclosing function. Fails when one is interrupted before it has written.
import _thread

total = 0


def make():
    def read():
        nonlocal before
        before = total

    def write():
        global total
        total = before + 1

    before = 0
    return read, write


def work():
    read, write = make()
    read()
    write()


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
