# check: clean complete executions=1
# Two threads, two globals.
import _thread
import heddle

left = right = 0


def to_left():
    global left
    left += 1


def to_right():
    global right
    right += 1


def check():
    assert left == right == 1


heddle.at_end(check)
_thread.start_new_thread(to_left, ())
_thread.start_new_thread(to_right, ())
