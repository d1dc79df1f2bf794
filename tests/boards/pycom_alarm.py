# board: pycom
# machine.Timer.Alarm: its arguments, its limit, when and how it calls.

import time
from machine import Timer


def refused(kind, text, function, *args, **keywords):
    try:
        function(*args, **keywords)
    except kind as error:
        assert text in str(error), error
    else:
        assert False, "no %s: %s" % (kind.__name__, text)


def wait_for(condition, most_ms=1000):
    start = time.ticks_ms()
    while not condition() and time.ticks_diff(time.ticks_ms(), start) < most_ms:
        time.sleep_ms(1)
    assert condition()


calls = []
note = calls.append

# What it does not take.
refused(TypeError, "", Timer)
refused(TypeError, "", Timer.Alarm)
refused(TypeError, "", Timer.Alarm, note, 1, 2)
refused(TypeError, "callable", Timer.Alarm, 3, ms=1)
refused(ValueError, "single duration", Timer.Alarm, note)
refused(ValueError, "single duration", Timer.Alarm, note, 0)
refused(ValueError, "single duration", Timer.Alarm, note, 1, ms=1)
refused(ValueError, "single duration", Timer.Alarm, note, ms=1, us=1)
refused(ValueError, "positive", Timer.Alarm, note, -1)
refused(ValueError, "positive", Timer.Alarm, note, ms=-1)
refused(ValueError, "positive", Timer.Alarm, note, us=-1)
refused(ValueError, "too small", Timer.Alarm, note, 1e-9)
refused(ValueError, "too large", Timer.Alarm, note, 1e30)
refused(ValueError, "too large", Timer.Alarm, note, float("nan"))
refused(ValueError, "too large", Timer.Alarm, note, ms=1 << 60)
assert not calls

# Once, not early, with itself as the argument; each unit.
for duration in ({"s": 0.02}, {"ms": 20}, {"us": 20000}):
    calls.clear()
    chrono = Timer.Chrono()
    chrono.start()
    alarm = Timer.Alarm(lambda got: calls.append((got, chrono.read_us())), **duration)
    wait_for(lambda: calls)
    time.sleep_ms(30)
    assert len(calls) == 1, calls
    assert calls[0][0] is alarm
    assert calls[0][1] >= 20000, calls

# With an argument, and with seconds by position.
calls.clear()
alarm = Timer.Alarm(note, 0.001, arg="this")
wait_for(lambda: calls)
assert calls == ["this"]

# Again and again, until cancelled; the handler may take memory and sleep.
calls.clear()


def tick(alarm):
    calls.append([len(calls)] * 10)
    time.sleep_ms(1)
    if len(calls) == 5:
        alarm.cancel()


alarm = Timer.Alarm(tick, ms=3, periodic=True)
wait_for(lambda: len(calls) == 5)
time.sleep_ms(20)
assert len(calls) == 5
alarm.cancel()

# A handler comes while the main thread never waits.
calls.clear()
alarm = Timer.Alarm(note, ms=5)
start = time.ticks_ms()
while not calls and time.ticks_diff(time.ticks_ms(), start) < 1000:
    pass
assert calls == [alarm]

# callback() sets it anew, from now on; with None it is off.
calls.clear()
alarm = Timer.Alarm(None, ms=20)
time.sleep_ms(30)
alarm.callback(note, arg=1)
time.sleep_ms(5)
assert not calls
alarm.callback(note, arg=2)
chrono = Timer.Chrono()
chrono.start()
wait_for(lambda: calls)
assert calls == [2] and chrono.read_ms() >= 19, (calls, chrono.read_ms())
alarm.callback(note)
alarm.callback(None)
time.sleep_ms(30)
assert calls == [2]
refused(TypeError, "", alarm.callback)
refused(TypeError, "", alarm.callback, note, 1)

# One that is not periodic and sets itself anew in its own call is cleared after it: the board's way.
calls.clear()


def again(alarm):
    calls.append(1)
    alarm.callback(again)


alarm = Timer.Alarm(again, ms=2)
time.sleep_ms(40)
assert calls == [1]

# So many at once; one that has fired makes room.
alarms = [Timer.Alarm(None, ms=1) for _ in range(40)]
alarms = [Timer.Alarm(note, 100) for _ in range(15)]
short = Timer.Alarm(note, ms=1)
refused(MemoryError, "maximum number of 16 alarms already reached", Timer.Alarm, note, 100)
refused(MemoryError, "maximum number of 16 alarms already reached", Timer.Alarm, None, 100)
time.sleep_ms(20)
more = Timer.Alarm(note, 100)
refused(MemoryError, "maximum number of 16 alarms already reached", short.callback, note)
more.cancel()
short.callback(note)
for alarm in alarms:
    alarm.cancel()

# An alarm that the program has forgotten rings.
calls.clear()
Timer.Alarm(note, ms=10, arg="forgotten")
import gc

for _ in range(3):
    gc.collect()
    bytearray(1000)
wait_for(lambda: "forgotten" in calls)
print("ok")
