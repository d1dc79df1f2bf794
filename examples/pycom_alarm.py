# board: pycom
# A clock that an alarm drives. The alarm's handler runs in the board's interrupt thread, so it may do what any thread
# may: print, take memory, let a lock go.

import _thread
from machine import Timer

STEP_MS = 10
STEPS = 10


class Clock:
    def __init__(self, done):
        self.steps = 0
        self.done = done
        self.alarm = Timer.Alarm(self.tick, ms=STEP_MS, periodic=True)

    def tick(self, alarm):
        self.steps += 1
        print("%d ms have passed" % (self.steps * STEP_MS))
        if self.steps == STEPS:
            alarm.cancel()
            self.done.release()


done = _thread.allocate_lock()
done.acquire()
chrono = Timer.Chrono()
chrono.start()
clock = Clock(done)
with done:  # had when the last step has let it go
    print("the clock has stopped after %d steps" % clock.steps)
assert chrono.read_ms() >= STEPS * STEP_MS
