# check: clean complete
# A thread that blinks for ever serves: the end does not wait for it, though each of its turns does something.
import _thread
import pyb
import time

led = pyb.LED(1)
lock = _thread.allocate_lock()
v = 0


def blink():
    while True:
        led.toggle()
        time.sleep_ms(100)


def work():
    global v
    for _ in range(2):
        with lock:
            v += 1
        time.sleep(1)


_thread.start_new_thread(blink, ())
_thread.start_new_thread(work, ())
