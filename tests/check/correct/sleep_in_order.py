# check: clean complete executions=1
# check: maybe data-race
# Sleeps give the order: right as long as work takes no time; wrong/sleep_in_order_any.py is the same otherwise.
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
