# check: error lost-update line=15 preemptions=1 interrupts=0
# A balance that random amounts are paid into, without a lock.
#
# One thread reads the balance; the other one pays in; the first writes what it has computed.
import _thread
import random

balance = 0


def pay():
    global balance
    amount = random.randint(1, 100)
    before = balance
    balance = before + amount


_thread.start_new_thread(pay, ())
_thread.start_new_thread(pay, ())
