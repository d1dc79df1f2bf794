# Threads that print at their own pace: all start at once, each sleeps a little longer than the one before, and the
# main thread waits for the end of each by a lock.

import _thread
import time

THREADS = 4
ROUNDS = 5


def talk(name, pause_ms, done):
    for i in range(ROUNDS):
        # The end of the line is part of the text, or another thread's text might come before it.
        print("%s: round %d\n" % (name, i + 1), end="")
        time.sleep_ms(pause_ms)
    done.release()


ends = []
for i in range(THREADS):
    done = _thread.allocate_lock()
    done.acquire()
    ends.append(done)
    _thread.start_new_thread(talk, ("thread %d" % i, 30 + 30 * i, done))

# A lock that its thread lets go at the end: to get it is to know that the thread is done.
for done in ends:
    done.acquire()
print("%d threads have ended" % THREADS)
