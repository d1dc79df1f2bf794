# check: clean complete executions=2
# Two threads count with interrupts disabled, which keeps the other one out, too: no lock is needed, and nothing is a race.
import _thread
import heddle
from machine import disable_irq, enable_irq

count = 0


def work():
    global count
    state = disable_irq()
    count += 1
    enable_irq(state)


_thread.start_new_thread(work, ())
work()


@heddle.at_end
def check():
    assert count == 2
