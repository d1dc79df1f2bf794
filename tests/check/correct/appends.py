# check: clean complete executions=2
# check: maybe data-race
# list.append is one step on a board with an interpreter lock: either order is right.
import _thread
import heddle

items = []


def work(item):
    items.append(item)


def check():
    assert sorted(items) == [1, 2]


heddle.at_end(check)
_thread.start_new_thread(work, (1,))
_thread.start_new_thread(work, (2,))
