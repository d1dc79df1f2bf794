# check: clean complete
# check: maybe data-race
# A ring without a lock: only the producer writes `head`, only the consumer writes `tail`, each after its item.
import _thread
import heddle

ITEMS = 3
SIZE = 2
ring = [None] * SIZE
head = 0
tail = 0
taken = []


def produce():
    global head
    for i in range(ITEMS):
        while head - tail == SIZE:
            pass
        ring[head % SIZE] = i
        head += 1


def consume():
    global tail
    for _ in range(ITEMS):
        while tail == head:
            pass
        taken.append(ring[tail % SIZE])
        tail += 1


def check():
    assert taken == [0, 1, 2]


heddle.at_end(check)
_thread.start_new_thread(produce, ())
_thread.start_new_thread(consume, ())
