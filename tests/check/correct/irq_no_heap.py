# check: clean complete
# check: maybe data-race
# A handler that needs no heap: fields and items that exist, small integers, a bound method made beforehand.
import machine


class Meter:
    def __init__(self):
        self.place = 0
        self.samples = bytearray(4)
        self.callback = self.tick

    def tick(self, timer):
        self.samples[self.place] = 100 * self.place // 3
        self.place = (self.place + 1) % 4


meter = Meter()
timer = machine.Timer(-1)
timer.init(period=1, callback=meter.callback, hard=True)
timer.deinit()
mean = sum(meter.samples) / 4
assert mean < 100
