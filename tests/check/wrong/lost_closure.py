# check: error lost-update line=11 preemptions=1 interrupts=0
# `n += 1` of a closure's variable. Fails when one is interrupted between the reading and the writing.
import _thread


def make_counter():
    n = 0

    def add():
        nonlocal n
        n += 1

    return add


add = make_counter()
_thread.start_new_thread(add, ())
_thread.start_new_thread(add, ())
