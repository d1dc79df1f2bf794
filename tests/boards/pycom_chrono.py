# board: pycom
# machine.Timer.Chrono and machine.Timer.sleep_us.

import _thread
import time
from machine import Timer

chrono = Timer.Chrono()
assert chrono.read() == 0 and chrono.read_ms() == 0 and chrono.read_us() == 0
assert isinstance(chrono.read_ms(), float)
assert repr(Timer) == "<class 'Timer'>"

# It stands until it is started; a second start() changes nothing.
time.sleep_ms(2)
assert chrono.read() == 0
assert chrono.start() is None
time.sleep_ms(10)
chrono.start()
assert chrono.read_ms() >= 10
assert 0.01 <= chrono.read() < 2
assert 10000 <= chrono.read_us() < 2000000

# The three are one time.
ms = chrono.read_ms()
us = chrono.read_us()
s = chrono.read()
assert ms * 1000 <= us <= s * 1e6

# It stands when stopped, and goes on from there.
chrono.stop()
stood = chrono.read_us()
time.sleep_ms(5)
assert chrono.read_us() == stood
chrono.stop()
assert chrono.read_us() == stood
chrono.start()
time.sleep_ms(5)
assert chrono.read_us() >= stood + 5000

# reset() leaves it running, or standing.
before = chrono.read_us()
chrono.reset()
assert chrono.read_us() < before
time.sleep_ms(2)
assert chrono.read_us() >= 2000
chrono.stop()
chrono.reset()
time.sleep_ms(1)
assert chrono.read() == 0

# Not early; longer ones let others run.
ran = []


def note():
    ran.append(1)


for us in (0, 1, 100, 999, 1000, 5000):
    chrono.reset()
    chrono.start()
    if us == 5000:
        _thread.start_new_thread(note, ())
    assert Timer.sleep_us(us) is None
    assert chrono.read_us() >= us
    chrono.stop()
assert ran
try:
    Timer.sleep_us(-1)
    assert False
except ValueError:
    pass
print("ok")
