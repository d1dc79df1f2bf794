# check: error lost-update line=16 preemptions=1 interrupts=0
# The value is read in a method, computed in a second one, and written in a third one. Fails when one is interrupted
# between the reading and the writing.
import _thread


class Counter:
    def __init__(self):
        self.n = 0

    def get(self):
        return self.n

    def set(self, value):
        log.append(value)
        self.n = value

    def step(self):
        self.set(after(self.get()))


def after(value):
    return value + 1


log = []
counter = Counter()
_thread.start_new_thread(counter.step, ())
_thread.start_new_thread(counter.step, ())
