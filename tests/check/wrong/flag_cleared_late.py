# check: error lost-update line=23 preemptions=0 interrupts=2
# A flag that is cleared after the work is done. Fails when the handler comes between the work and that: what it brought
# waits for the next one.
import machine

pending = False
arrived = 0
seen = 0


def arrive(timer):
    global pending, arrived
    arrived += 1
    pending = True


timer = machine.Timer(-1)
timer.init(period=5, callback=arrive, hard=True)
for _ in range(2):
    if pending:
        seen = arrived
        print(seen)
        pending = False
timer.deinit()
