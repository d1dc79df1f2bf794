# check: clean complete
# check: maybe data-race
# A handler fills a ring, main code drains it: each writes its own index, after the item.
import array
import machine

SIZE = 2
ring = array.array("i", [0] * SIZE)
head = tail = lost = 0


def tick(timer):
    global head, lost
    if head - tail < SIZE:
        ring[head % SIZE] = head + 1
        head += 1
    else:
        lost += 1


def drain():
    global tail
    while tail < head:
        assert ring[tail % SIZE] == tail + 1
        tail += 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
drain()
timer.deinit()
drain()
assert lost == 0 and tail == head
