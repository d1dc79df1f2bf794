# check: clean complete
# check: maybe data-race
# A supervisor waits until the work is over and takes down the sign; the worker does that as well.
import _thread
import heddle

IDLE, WORKS, OVER = 0, 1, 2
state = WORKS
result = None
seen = None


def work():
    global state, result
    result = 5
    state = OVER
    state = IDLE


def watch():
    global state, seen
    while True:
        if state != WORKS:
            break
    seen = result
    state = IDLE


def check():
    assert seen == 5
    assert state == IDLE


heddle.at_end(check)
_thread.start_new_thread(work, ())
_thread.start_new_thread(watch, ())
