# check: clean complete
# check: maybe data-race
# Main code waits for the tenth firing, which the bound on firings does not let come.
import machine

fired = 0


def tick(timer):
    global fired
    fired += 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
while fired < 10:
    pass
timer.deinit()
