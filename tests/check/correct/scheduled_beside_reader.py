# check: clean complete executions=10
# check: maybe data-race
# A scheduled callback comes at main code's next jump. A thread reads twice what the callback writes: the write has
# three places among the reads. The thread looks for calls where it ends: before the call is scheduled, while it runs or
# after it; or it takes the call itself there, and the main thread's two looks come while it runs or after it.
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
