# check: clean complete executions=1
# check: maybe lock-misuse
# A bounded buffer of one place: two locks serve as semaphores, released by the other side.
import _thread
import heddle

ITEMS = 3
full = _thread.allocate_lock()
empty = _thread.allocate_lock()
full.acquire()
place = [None]
taken = []


def produce():
    for i in range(ITEMS):
        empty.acquire()
        place[0] = i
        full.release()


def consume():
    for _ in range(ITEMS):
        full.acquire()
        taken.append(place[0])
        empty.release()


def check():
    assert taken == [0, 1, 2]


heddle.at_end(check)
_thread.start_new_thread(produce, ())
_thread.start_new_thread(consume, ())
