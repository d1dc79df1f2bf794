# check: error livelock line=18
# The loop over a generator waits for a flag that nobody sets.
import _thread

ready = False


def until_ready():
    while not ready:
        yield


def work():
    print("working")


_thread.start_new_thread(work, ())
for _ in until_ready():
    pass
