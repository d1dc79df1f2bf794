# check: clean complete executions=1
# check: maybe data-race
# Time passes only when nobody else can go on: what another thread does before is over then, also when it was done before
# there was anybody who slept.
import _thread
import time

n = 0


def late():
    global n
    time.sleep(0.01)
    n = n + 1


_thread.start_new_thread(late, ())
n = n + 1
n = n + 1
