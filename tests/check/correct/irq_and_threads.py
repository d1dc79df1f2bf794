# check: clean complete
# options: --irqs 1
# Two threads and a handler on one mutex: threads wait for it, the handler only tries.
import _thread
import machine
import mutex

m = mutex.Mutex()
low = high = 0


def both():
    global low, high
    low += 1
    high += 1


def work():
    with m:
        assert low == high
        both()


def tick(timer):
    if m.test():
        assert low == high
        both()
        m.release()


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
