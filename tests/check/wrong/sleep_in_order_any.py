# check: error assertion line=18 preemptions=0 interrupts=0
# options: --timing any
# Sleeps give the order, but a sleep may last longer than another one. Fails when the reader wakes first.
import _thread
import time

value = 0


def write():
    global value
    time.sleep_ms(10)
    value = 1


def read():
    time.sleep_ms(20)
    assert value == 1


_thread.start_new_thread(write, ())
_thread.start_new_thread(read, ())
