# check: error assertion line=21 preemptions=1 interrupts=0
# Both sleeps end at the same time. Time passes for the main thread, and the other one, not awake yet, runs the callback.
import _thread
import micropython
import time

flag = False


def callback(argument):
    global flag
    flag = True


def other():
    time.sleep_ms(1)


_thread.start_new_thread(other, ())
time.sleep_ms(1)
micropython.schedule(callback, 0); assert not flag
