# check: clean complete executions=2
# An exception leaves a section by `with`: the lock is free for the next one.
import _thread
import heddle

lock = _thread.allocate_lock()
v = 0


def work(number):
    global v
    try:
        with lock:
            v += 1
            if number == 0:
                raise ValueError("on purpose")
    except ValueError:
        pass


def check():
    assert v == 2


heddle.at_end(check)
_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
