# check: clean complete executions=1
# Clocks show virtual time, from one instant on, in every execution; long sleeps cost nothing.
import asyncio
import time

START = 1704067200  # the beginning of 2024

assert time.time() == START, time.time()
assert time.gmtime()[:3] == (2024, 1, 1)
before = time.ticks_ms()
time.sleep(1e6)
assert time.ticks_diff(time.ticks_ms(), before) != 0
assert time.time() == START + 1000000
assert time.time_ns() == (START + 1000000) * 1000000000


async def nap():
    await asyncio.sleep(3600)


asyncio.run(nap())
assert time.time() >= START + 1003600
