# check: error lost-update line=30 preemptions=0 interrupts=1
# A hard handler leaves its work to a scheduled callback, which comes at the next jump of main code: there is one in the
# function that is called between the reading and the writing. Fails when the timer fires before that.
import machine
import micropython

v = 0


def count(_):
    global v
    v += 1


def tick(timer):
    micropython.schedule(count, 0)


def weight():
    n = 0
    for i in range(2):
        n += i
    return n


def main():
    global v
    v = (
        v
        + weight()
    )


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
main()
