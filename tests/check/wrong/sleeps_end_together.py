# check: error assertion line=19
# check: executions=2
# Two sleeps end at the same time, and nobody knows whose thread goes on first. Fails when it is the main one.
import _thread
import time

value = 0


def write():
    global value
    time.sleep_ms(10)
    value = 1


_thread.start_new_thread(write, ())
time.sleep_ms(10)

assert value == 1
