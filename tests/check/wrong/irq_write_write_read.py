# check: error assertion line=16 preemptions=0 interrupts=1
# Main code writes, and reads what a handler has written meanwhile. Fails when the handler comes between.
import machine

v = 0


def tick(timer):
    global v
    v = 5


def main():
    global v
    v = 1
    assert v == 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
