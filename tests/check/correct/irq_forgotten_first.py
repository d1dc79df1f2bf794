# check: clean complete
# check: maybe data-race
# Main code forgets what the handler told before, and waits for it to tell anew.
import machine

event = False
rounds = 0


def tick(timer):
    global event
    event = True


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
for _ in range(2):
    event = False
    while not event:
        pass
    rounds += 1
timer.deinit()
