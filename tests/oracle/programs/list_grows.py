# A list that grows moves, or not: it depends on what the other thread has allocated. What comes after it in its thread
# has the same name in both cases.
import _thread


class Account:
    pass


account = Account()


def grow():
    own = []
    for i in range(9):
        own.append(i)
    last = [1]
    last[0] = 2


def deposit():
    account.sum = 1


_thread.start_new_thread(grow, ())
_thread.start_new_thread(deposit, ())
