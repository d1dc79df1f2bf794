# check: error assertion line=26 preemptions=1 interrupts=0
# The flag that ends the generator is set before what it announces. Fails when the thread is interrupted between both.
import _thread

ready = False
items = 0


def until_ready():
    while not ready:
        yield


def work():
    global ready, items
    ready = True
    items = 5


_thread.start_new_thread(work, ())


for _ in until_ready():
    pass

assert items == 5
