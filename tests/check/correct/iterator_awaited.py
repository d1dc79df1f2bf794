# check: clean complete
# check: maybe data-race
# A class whose items end when another thread has set a flag.
import _thread

ready = False
items = 0


class Waiting:
    def __iter__(self):
        return self

    def __next__(self):
        if ready:
            raise StopIteration


def work():
    global ready, items
    items = 5
    ready = True


_thread.start_new_thread(work, ())
for _ in Waiting():
    pass
assert items == 5
