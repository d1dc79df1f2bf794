# check: clean complete executions=2
# A hash table with a lock for each slot: two threads share a slot, the third has one of its own.
import _thread
import heddle

SIZE = 2
locks = [_thread.allocate_lock() for _ in range(SIZE)]
table = [0] * SIZE


def insert(key):
    slot = key % SIZE
    with locks[slot]:
        table[slot] += key


def check():
    assert table == [6, 3]


heddle.at_end(check)
for key in (2, 3, 4):
    _thread.start_new_thread(insert, (key,))
