# board: pyboard
# A hard handler produces, a thread consumes. The handler may neither wait nor use the heap, so the two share a ring of
# fixed size: what does not fit is counted. A lock tells the consumer that there is something.

import _thread
import array
import time
from machine import Timer

SIZE = 16
SAMPLES = 200

ring = array.array("i", [0] * SIZE)
head = tail = 0  # the producer's and the consumer's
produced = overrun = 0
news = _thread.allocate_lock()
news.acquire()
done = _thread.allocate_lock()
done.acquire()


def produce(timer):
    global head, produced, overrun
    if produced == SAMPLES:
        timer.deinit()
    else:
        produced += 1
        if head - tail < SIZE:
            ring[head % SIZE] = produced
            head += 1
        else:
            overrun += 1
    if news.locked():
        news.release()


def consume():
    global tail
    total = count = 0
    while produced < SAMPLES or tail < head:
        news.acquire(1, 0.1)
        while tail < head:
            total += ring[tail % SIZE]
            count += 1
            tail += 1
    # Nothing is lost but what was counted.
    print("%d consumed, %d overrun, %d produced" % (count, overrun, produced))
    done.release()


_thread.start_new_thread(consume, ())
timer = Timer(-1)
timer.init(period=1, callback=produce, hard=True)
done.acquire()
timer.deinit()
