# check: error assertion line=9 preemptions=0 interrupts=1
# The handler sees a value that main code writes on the way to another one.
import machine

period = 10


def tick(timer):
    assert period > 0


def main():
    global period
    period = 0
    period = 20


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
