# check: error exception line=11 preemptions=0 interrupts=1
# options: --board pycom
# An exception that nobody catches ends the board's interrupt thread: no alarm rings any more, without a word.
import time
from machine import Timer

readings = []


def report(alarm):
    print(readings[0])


alarm = Timer.Alarm(report, ms=10, periodic=True)
time.sleep_ms(25)
readings.append(1)
