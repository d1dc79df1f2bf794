# check: clean complete executions=4
# check: maybe data-race
# A scheduled callback comes at main code's next jump. A thread reads twice what the callback writes: the write has
# three places among the reads; after them, the thread ends before the call begins or while it runs, and looks for calls
# there.
import _thread
import micropython

v = 0


def write(_):
    global v
    v = 1


def read_twice():
    v
    v


_thread.start_new_thread(read_twice, ())
micropython.schedule(write, None)
for _ in range(1):
    pass
