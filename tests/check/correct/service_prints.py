# check: clean complete
# Threads that sleep and print for ever, as the example of the _thread reference page has them.
import _thread
import time


def run(delay, number):
    while True:
        time.sleep(delay)
        print("thread %d" % number)


for i in range(2):
    _thread.start_new_thread(run, (i + 1, i))
