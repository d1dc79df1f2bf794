# check: error deadlock line=13,19 preemptions=1 interrupts=0
# A scheduled callback and a thread take two locks in opposite orders; main code, which the callback interrupts, can't
# help. Fails when each has its first lock.
import _thread
import micropython
import time

first, second = _thread.allocate_lock(), _thread.allocate_lock()


def callback(_):
    with first:
        with second:
            pass


def work():
    with second:
        with first:
            pass


_thread.start_new_thread(work, ())
micropython.schedule(callback, None)
time.sleep_ms(1)
