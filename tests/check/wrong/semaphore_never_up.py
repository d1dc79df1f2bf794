# check: error deadlock line=15 preemptions=0 interrupts=0
# The semaphore counts, and does not wake who waits for it.
import _thread


class Semaphore:
    def __init__(self, value):
        self.value = value
        self.lock = _thread.allocate_lock()
        self.gate = _thread.allocate_lock()
        if value == 0:
            self.gate.acquire()

    def down(self):
        self.gate.acquire()
        with self.lock:
            self.value -= 1
            if self.value > 0:
                self.gate.release()

    def up(self):
        with self.lock:
            self.value += 1


space = Semaphore(1)
items = Semaphore(0)
lock = _thread.allocate_lock()
buffer = []


def produce():
    for i in range(2):
        space.down()
        with lock:
            buffer.append(i)
            assert len(buffer) <= 1
        items.up()


def consume():
    for i in range(2):
        items.down()
        with lock:
            assert buffer.pop(0) == i
        space.up()


_thread.start_new_thread(produce, ())
_thread.start_new_thread(consume, ())
