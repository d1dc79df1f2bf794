# check: error assertion line=22 preemptions=0 interrupts=1
# A handler that finds the mutex taken and forgets its work. Fails when it comes while main code is inside.
import machine
import mutex

m = mutex.Mutex()
fired = counted = 0


def tick(timer):
    global fired, counted
    fired += 1
    if m.test():
        counted += 1
        m.release()


def main():
    with m:
        assert counted >= 0
    timer.deinit()
    assert counted == fired


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
