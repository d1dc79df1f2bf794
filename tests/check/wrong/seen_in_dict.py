# check: error assertion line=23 preemptions=2
# check: executions=3
# `__dict__` is a copy of all that the instance holds at that moment: it can be one deposit behind the other.
import _thread


class Account:
    def __init__(self):
        self.first = 0
        self.second = 0


account = Account()


def work():
    account.first = 1
    account.second = 1


def check():
    members = account.__dict__
    assert members["first"] == members["second"]


_thread.start_new_thread(work, ())
check()
