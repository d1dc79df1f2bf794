# Two threads pay into one account, one at a time: the lock keeps them apart. `heddle check examples/bank.py` tries
# every schedule, and says that no payment is lost in any of them.

import _thread

import heddle

lock = _thread.allocate_lock()
balance = 0


def pay_in(amount):
    global balance
    with lock:
        balance += amount


def check():
    assert balance == 12


heddle.at_end(check)
_thread.start_new_thread(pay_in, (5,))
_thread.start_new_thread(pay_in, (7,))
