# check: clean complete
# check: maybe data-race
# The jump that ends a turn asks the list itself whether it is empty: who puts something in ends the wait.
import _thread

queue = []


def put():
    queue.append(1)


def take():
    while not queue:
        pass
    assert queue == [1]


_thread.start_new_thread(put, ())
_thread.start_new_thread(take, ())
