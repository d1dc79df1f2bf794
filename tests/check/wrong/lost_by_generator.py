# check: error lost-update line=14 preemptions=1 interrupts=0
# What a generator has read is written by whoever asked it. Fails when one is interrupted between the two.
import _thread

n = 0


def following():
    yield n + 1


def work():
    global n
    n = next(following())


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
