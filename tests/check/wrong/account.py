# check: error lost-update line=11,17 preemptions=1 interrupts=0
# An account without a lock. Fails when one side is interrupted between looking at the balance and writing it.
import _thread

balance = 100


def deposit(amount):
    global balance
    before = balance
    balance = before + amount


def withdraw(amount):
    global balance
    if balance >= amount:
        balance = balance - amount


_thread.start_new_thread(deposit, (10,))
_thread.start_new_thread(withdraw, (50,))
