# check: error deadlock line=19 preemptions=0 interrupts=0
# A thread blinks for ever, while another waits for the lock that it has.
import _thread
import pyb
import time

led = pyb.LED(1)
lock = _thread.allocate_lock()


def blink():
    while True:
        led.toggle()
        time.sleep_ms(100)


def work():
    lock.acquire()
    lock.acquire()


_thread.start_new_thread(blink, ())
_thread.start_new_thread(work, ())
