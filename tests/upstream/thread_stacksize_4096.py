# What upstream's thread_stacksize1 is about, with a size that the reference page allows: at least 4096 bytes.

import _thread
import sys

# CPython wants more.
size = 4096 if sys.implementation.name == "micropython" else 32768

started = 3
lock = _thread.allocate_lock()
ended = []


def nested(depth):
    return depth if depth == 0 else nested(depth - 1)


def work(name):
    reached = nested(3)
    with lock:
        ended.append((name, reached))


# Without an argument the setting goes back to the default, which is 0.
_thread.stack_size()
print(_thread.stack_size())

# With one it is replaced, and what it was is the answer.
print(_thread.stack_size(size))
print(_thread.stack_size(2 * size) == size)
print(_thread.stack_size() == 2 * size)
print(_thread.stack_size())

# Threads of that size do their work.
_thread.stack_size(size)
for name in range(started):
    _thread.start_new_thread(work, (name,))
_thread.stack_size()

while len(ended) < started:
    pass
print(sorted(ended))
