# check: error assertion line=18 preemptions=1 interrupts=0
# sampled: walk=20 urw=6.9 pct3=14.5 pos=9.8
# Three threads, two that write two places in order and one that reads them: fails when it sees the first write only.
import _thread
import machine

WRITERS = 2
a = b = 0


def write():
    global a, b
    a = 1
    b = -1


def look():
    assert (a == 0 and b == 0) or (a == 1 and b == -1)


state = machine.disable_irq()
for _ in range(WRITERS):
    _thread.start_new_thread(write, ())
_thread.start_new_thread(look, ())
machine.enable_irq(state)
