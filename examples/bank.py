# The cure for bank_race.py: who changes the total holds a lock. `heddle check examples/bank.py` says that no schedule
# goes wrong.

import _thread

total = 0
open_tellers = 2
lock = _thread.allocate_lock()
closed = _thread.allocate_lock()
closed.acquire()


def teller(amount):
    global total, open_tellers
    with lock:
        total += amount
        open_tellers -= 1
        if open_tellers == 0:
            closed.release()


_thread.start_new_thread(teller, (100,))
_thread.start_new_thread(teller, (50,))
closed.acquire()
print("the bank has %d" % total)
assert total == 150
