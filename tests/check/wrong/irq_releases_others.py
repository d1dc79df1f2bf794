# check: error lock-misuse line=18,19 preemptions=0 interrupts=1
# A handler that lets the mutex go whether it got it or not. Fails when main code is inside, which then releases it
# again.
import machine
import mutex

m = mutex.Mutex()
v = 0


def tick(timer):
    m.test()
    m.release()


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
with m:
    v += 1
