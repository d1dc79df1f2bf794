# check: error lost-update line=17 preemptions=0 interrupts=1
# Main code adds what the handler has counted to the sum, and begins a new count. Fails when the handler comes between.
import machine

count = total = 0


def tick(timer):
    global count
    count += 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
for _ in range(2):
    total += count
    count = 0
timer.deinit()
