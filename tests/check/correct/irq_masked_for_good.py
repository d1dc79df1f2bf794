# check: clean complete executions=7
# check: maybe data-race
# Interrupts stay disabled in the end: before, between or after the thread's two steps. The handler never runs: 3. Or it
# runs before that: 2 in the first two cases, and before or after what the thread writes in the last: 2.
import _thread
import machine

n = 0
m = 0


def tick(timer):
    global m
    m = 7


def work():
    global m
    m = n


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
_thread.start_new_thread(work, ())
machine.disable_irq()
