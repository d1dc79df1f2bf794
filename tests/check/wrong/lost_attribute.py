# check: error lost-update line=11 preemptions=1 interrupts=0
# `n += 1` of an object's attribute. Fails when one is interrupted between the reading and the writing.
import _thread


class Counter:
    def __init__(self):
        self.n = 0

    def add(self):
        self.n += 1


counter = Counter()
_thread.start_new_thread(counter.add, ())
_thread.start_new_thread(counter.add, ())
