# Two tellers pay in at the same time, and sometimes a payment is gone. Run it a thousand times and it is right a
# thousand times; `heddle check examples/bank_race.py` shows the schedule in which it is not. bank.py is the cure.

import _thread

total = 0
open_tellers = 2
door = _thread.allocate_lock()
closed = _thread.allocate_lock()
closed.acquire()


def teller(amount):
    global total, open_tellers
    total += amount
    with door:
        open_tellers -= 1
        if open_tellers == 0:
            closed.release()


_thread.start_new_thread(teller, (100,))
_thread.start_new_thread(teller, (50,))
closed.acquire()
print("the bank has %d" % total)
