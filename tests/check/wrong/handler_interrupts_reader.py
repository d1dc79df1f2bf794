# check: error assertion line=17 preemptions=0 interrupts=1
# Main code looks whether there is an item, and a handler puts an empty list in place of the list. Fails when it comes
# after that look.
import machine

items, nothing = [1], []


def tick(timer):
    global items
    items = nothing


def main():
    if len(items) > 0:
        n = len(items)
        assert n > 0


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
