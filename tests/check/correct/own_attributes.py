# check: clean complete executions=1
# Two threads, two attributes of one object.
import _thread
import heddle


class Record:
    def __init__(self):
        self.left = 0
        self.right = 0


record = Record()


def to_left():
    record.left += 1


def to_right():
    record.right += 1


def check():
    assert record.left == record.right == 1


heddle.at_end(check)
_thread.start_new_thread(to_left, ())
_thread.start_new_thread(to_right, ())
