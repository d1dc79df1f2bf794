# check: error assertion line=15 preemptions=0 interrupts=1
# Main code takes an item if there is one, and a handler empties the list. Fails when it comes between the two.
import machine

items = [1]


def tick(timer):
    items.clear()


def main():
    if len(items) > 0:
        n = len(items)
        assert n > 0


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
