# check: clean complete
# check: maybe data-race
# Main code looks after each sleep whether there was the hundredth firing, which the bound does not let come.
import machine
import time

fired = 0


def tick(timer):
    global fired
    fired += 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
while fired < 100:
    time.sleep_ms(10)
timer.deinit()
