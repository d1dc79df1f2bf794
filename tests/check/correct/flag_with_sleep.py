# check: clean complete
# check: maybe data-race
# A flag that one side polls, with a sleep between two looks.
import _thread
import time

stop = False


def work():
    while not stop:
        time.sleep_ms(1)


def end():
    global stop
    stop = True


_thread.start_new_thread(work, ())
_thread.start_new_thread(end, ())
