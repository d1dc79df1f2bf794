# check: clean complete executions=1
# check: maybe data-race
# Data first, then the flag that somebody waits for in a loop.
import _thread

ready = False
data = 0


def send():
    global data, ready
    data = 42
    ready = True


def receive():
    while not ready:
        pass
    assert data == 42


_thread.start_new_thread(send, ())
_thread.start_new_thread(receive, ())
