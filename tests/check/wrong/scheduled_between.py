# check: error lost-update line=19 preemptions=0 interrupts=0
# A scheduled callback comes in the sleep that stands between the reading and the writing, on every schedule.
import micropython
import time

v = 0


def callback(amount):
    global v
    v += amount


def main():
    global v
    t = v
    micropython.schedule(callback, 5)
    time.sleep_ms(1)
    v = t + 1


main()
