# check: error isr-alloc line=15 preemptions=0 interrupts=1
# A hard handler that makes a bound method: it is a new object each time.
import machine
import micropython


class Sensor:
    def __init__(self):
        self.n = 0

    def read(self, _):
        self.n += 1

    def tick(self, timer):
        micropython.schedule(self.read, 0)


sensor = Sensor()
timer = machine.Timer(-1)
timer.init(period=1, callback=sensor.tick, hard=True)
