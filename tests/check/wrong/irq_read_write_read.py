# check: error assertion line=15 preemptions=0 interrupts=1
# Main code reads twice what a handler writes. Fails when the handler comes between.
import machine

v = 0


def tick(timer):
    global v
    v += 1


def main():
    first = v
    assert first == v


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
