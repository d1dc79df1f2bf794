# check: error deadlock line=15 preemptions=0 interrupts=1
# options: --board esp32
# MicroPython's issue 6691: a timer's callback schedules a function that wants the lock which main code holds while it
# sleeps. Fails when the timer fires before or during the sleep.
import _thread
import machine
import micropython
import time

lock = _thread.allocate_lock()
steps = []


def do_other_stuff(_):
    with lock:
        steps.append("other")


def tick(timer):
    micropython.schedule(do_other_stuff, None)


timer = machine.Timer(0)
timer.init(mode=machine.Timer.ONE_SHOT, period=500, callback=tick)
with lock:
    steps.append("main")
    time.sleep(1)
