# check: error data-race line=11 interrupts=0
# options: --board rp2
# A board without an interpreter lock: two cores append to one deque at the same time.
import _thread
from collections import deque

items = deque((), 4)


def work(item):
    items.append(item)


_thread.start_new_thread(work, (1,))
work(2)
