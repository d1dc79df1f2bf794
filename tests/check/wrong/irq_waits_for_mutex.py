# check: error isr-block|deadlock line=12 preemptions=0 interrupts=1
# `with` in a hard handler, on a mutex that a thread holds.
import _thread
import machine
import mutex

m = mutex.Mutex()
v = 0


def tick(timer):
    with m:
        pass


def work():
    global v
    with m:
        v += 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
_thread.start_new_thread(work, ())
