# check: clean complete
# A hard handler puts bytes into a ring, and two loops wait for them: one asks for any, the other one tries to read.
import micropython
import time
from machine import Timer

ring = micropython.RingIO(8)
byte = b"x"


def tick(timer):
    ring.write(byte)


timer = Timer(-1, period=5, callback=tick, hard=True)
while not ring.any():
    time.sleep_ms(1)
assert ring.read(1) == byte
while True:
    if ring.read(1):
        break
    time.sleep_ms(1)
timer.deinit()
