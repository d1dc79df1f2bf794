# check: error assertion line=17
# Two threads that use up one map() get each item once, and nobody knows who gets which. Fails when the other one comes
# between two items.
import _thread

numbers = map(abs, [1, 2, 3])
doubles = map(lambda number: 2 * number, numbers)


def take():
    list(doubles)


_thread.start_new_thread(take, ())
own = list(doubles)

assert own in ([], [2, 4, 6], [6], [4, 6])
