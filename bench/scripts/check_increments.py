# 34,904 executions: two threads of five unlocked increments.
import _thread

value = 0


def increment():
    global value
    for _ in range(5):
        read = value
        value = read + 1


for _ in range(2):
    _thread.start_new_thread(increment, ())
