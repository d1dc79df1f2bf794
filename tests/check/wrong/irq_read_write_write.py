# check: error lost-update line=16 preemptions=0 interrupts=1
# Main code reads and writes back, and what the handler wrote between is gone.
import machine

pending = 0


def tick(timer):
    global pending
    pending = 1


def main():
    global pending
    if pending == 0:
        pending = 2


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
