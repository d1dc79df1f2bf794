# check: error assertion line=16
# check: executions=3
# What dir() finds in an instance is in its class and in all bases of that.
import _thread


class Base:
    pass


class Account(Base):
    pass


def check():
    assert "rate" not in dir(Account()) and "rate" not in Base.__dict__


def work():
    Base.rate = 1


_thread.start_new_thread(work, ())
check()
