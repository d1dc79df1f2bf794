# check: error data-race line=10 interrupts=0
# options: --board rp2
# A board without an interpreter lock: two cores append to one list at the same time.
import _thread

items = []


def work(item):
    items.append(item)


_thread.start_new_thread(work, (1,))
work(2)
