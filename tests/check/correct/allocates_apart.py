# check: clean complete executions=1
# Threads that make objects and use only their own: in whichever order memory is given out, that is one execution.
import _thread

N = 3


class Node:
    def __init__(self, value, following):
        self.value = value
        self.following = following


def work():
    own = []
    head = None
    for i in range(4):
        own.append([i])
        head = Node(i, head)
    while head is not None:
        assert own[head.value] == [head.value]
        head = head.following


for _ in range(N):
    _thread.start_new_thread(work, ())
