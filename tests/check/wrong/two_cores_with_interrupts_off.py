# check: error lost-update line=15 preemptions=1 interrupts=0
# check: warning data-race line=15
# options: --board rp2
# On a board with two cores, to disable interrupts keeps nobody out but handlers. Fails when the other core counts between
# the read and the write.
import _thread
from machine import disable_irq, enable_irq

count = 0


def work():
    global count
    state = disable_irq()
    count += 1
    enable_irq(state)


_thread.start_new_thread(work, ())
work()
