# Two threads pay into one account, and nothing keeps them apart: one payment can be lost. `heddle run` seldom shows
# it; `heddle check examples/bank_race.py` finds it, and shows the schedule.

import _thread

balance = 0


def pay_in(amount):
    global balance
    balance += amount


_thread.start_new_thread(pay_in, (5,))
_thread.start_new_thread(pay_in, (7,))
