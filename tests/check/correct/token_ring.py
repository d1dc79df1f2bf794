# check: clean complete executions=1
# check: maybe lock-misuse
# Three threads pass a token on by locks: one order is possible.
import _thread
import heddle

N = 3
turns = [_thread.allocate_lock() for _ in range(N)]
order = []


def work(i):
    turns[i].acquire()
    order.append(i)
    turns[(i + 1) % N].release()


def check():
    assert order == [0, 1, 2]


heddle.at_end(check)
turns[1].acquire()
turns[2].acquire()
turns[0].acquire()
for i in range(N):
    _thread.start_new_thread(work, (i,))
turns[0].release()
