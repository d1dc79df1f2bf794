# check: clean complete
# check: maybe data-race
# A loop that only waits is where the scheduled callback comes that ends it.
import time
import machine

ready = False


def arrive(timer):
    global ready
    ready = True


timer = machine.Timer(-1)
timer.init(period=5, callback=arrive)
while not ready:
    time.sleep_ms(1)
timer.deinit()
assert ready
