# check: error assertion line=23
# map() takes its items one by one, and calls a function in Python for each. Fails when the list grows between the last
# call and the end of map(), which then goes on.
import _thread

parts = [1, 2]
count = 0


def weigh(part):
    global count
    count += 1
    return part


def grow():
    if count == 2:
        parts.append(3)


_thread.start_new_thread(grow, ())
weights = list(map(weigh, parts))
assert len(weights) == 2
