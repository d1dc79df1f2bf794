# check: clean complete
# Looks like a service, but ends by itself: the end comes after it.
import _thread
import heddle
import time

turns = 0


def work():
    global turns
    while True:
        time.sleep_ms(100)
        turns += 1
        if turns == 3:
            break


def check():
    assert turns == 3


heddle.at_end(check)
_thread.start_new_thread(work, ())
