# check: error lost-update line=9 preemptions=1 interrupts=0
# `n += 1` of an item of a dict. Fails when one is interrupted between the reading and the writing.
import _thread

counts = {"red": 0, "blue": 0}


def work(key):
    counts[key] += 1


for key in ("red", "blue", "red"):
    _thread.start_new_thread(work, (key,))
