# check: error lost-update line=13 preemptions=0 interrupts=0
# A sleep stands between the reading and the writing. Fails without anybody being interrupted.
import _thread
import time

v = 0


def work():
    global v
    t = v
    time.sleep_ms(1)
    v = t + 1


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
