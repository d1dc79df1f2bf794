# check: error data-race line=10,15 interrupts=0
# options: --board rp2
# A board without an interpreter lock: one core goes through a list that the other one lengthens.
import _thread

items = [1, 2]


def core_one():
    items.append(3)


_thread.start_new_thread(core_one, ())
total = 0
for item in items:
    total += item
