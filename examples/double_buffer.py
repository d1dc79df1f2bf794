# The hard handler of a timer fills one buffer with samples while main code drains the other. The handler allocates
# nothing: both buffers are there before it, and a sample is a small number. If main code is too slow for it, samples
# are counted as lost, and none is overwritten.

import array
import pyb

SIZE = 50
BUFFERS = 10

buffers = (array.array("i", [0] * SIZE), array.array("i", [0] * SIZE))
full = [False, False]  # the handler sets these, main code clears them

filling = 0
place = 0
sample = 0
lost = 0


def take_sample(timer):
    global filling, place, sample, lost
    sample += 1
    if full[filling]:
        lost += 1
        return
    buffers[filling][place] = sample
    place += 1
    if place == SIZE:
        full[filling] = True
        filling = 1 - filling
        place = 0


timer = pyb.Timer(4, freq=1000, callback=take_sample)

draining = 0
in_order = True
last = 0
for _ in range(BUFFERS):
    while not full[draining]:
        pyb.wfi()
    for value in buffers[draining]:
        in_order = in_order and value > last
        last = value
    full[draining] = False
    draining = 1 - draining
timer.deinit()

lost_until_then = last - BUFFERS * SIZE
print("%d samples in %d buffers, in order: %s, lost between: %d" % (BUFFERS * SIZE, BUFFERS, in_order, lost_until_then))
