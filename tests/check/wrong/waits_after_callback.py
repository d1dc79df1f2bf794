# check: error livelock line=17,18
# check: executions=0 blocked=8
# A loop that nobody ends is found where calls are scheduled, too: what its turn would read besides, the module, was
# written long before.
import _thread
import micropython
import time

n = 1


def call(_):
    pass


def wait():
    while n < 3:
        time.sleep(0)


micropython.schedule(call, None)
_thread.start_new_thread(wait, ())
