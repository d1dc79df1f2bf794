# check: error lost-update line=9 preemptions=1 interrupts=0
# `n += 1` of an item of a list, by the same index said in two ways. Fails when one is interrupted in the middle.
import _thread

counts = [0, 0, 0]


def work(i):
    counts[i] += 1


_thread.start_new_thread(work, (2,))
_thread.start_new_thread(work, (-1,))
