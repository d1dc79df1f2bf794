# How long after its time a timer's hard handler runs its first bytecode: while the program computes, and while it
# sleeps. In nanoseconds, to the microsecond.
import array
import time

from machine import Timer

COUNT = 2000
PERIOD_US = 1000

times = array.array("q", [0] * COUNT)
count = 0
timer = Timer(-1)


def handler(_):
    global count
    now = time.ticks_us()
    if count < COUNT:
        times[count] = now
        count += 1


def measure(name, wait):
    global count
    count = 0
    # Before the timer's own start: what that takes counts as lateness.
    start = time.ticks_us()
    timer.init(period=1, callback=handler, hard=True)
    while count < COUNT:
        wait()
    timer.deinit()
    late = []
    due = start
    for moment in times:
        due += PERIOD_US
        late.append(moment - due)
        # What came due until then is served with it.
        while moment - due >= PERIOD_US:
            due += PERIOD_US
    late.sort()
    print(name + "_median", late[COUNT // 2] * 1000)
    print(name + "_p99", late[COUNT * 99 // 100] * 1000)


measure("computing", lambda: None)
measure("sleeping", lambda: time.sleep_ms(50))
