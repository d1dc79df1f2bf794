# check: error exception line=14 preemptions=1 interrupts=0
# A thread adds up what a dict has of some keys, another removes one. Fails when it comes between the look and the
# reading.
import _thread

prices = {"a": 1, "b": 2}
names = ("a", "b")


def total():
    n = 0
    for name in names:
        if name in prices:
            n += prices[name]
    return n


def remove():
    prices.pop("b")


_thread.start_new_thread(total, ())
_thread.start_new_thread(remove, ())
