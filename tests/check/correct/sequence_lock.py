# check: clean complete
# check: maybe data-race
# A reader that finds the writer at work, or that it has been, reads again.
import _thread

sequence = 0
a = b = 0


def write():
    global sequence, a, b
    for i in range(1, 3):
        sequence += 1
        a = i
        b = i
        sequence += 1


def read(times):
    for i in range(times):
        while True:
            before = sequence
            if before & 1:
                continue
            x = a
            y = b
            if sequence == before:
                break
        assert x == y


_thread.start_new_thread(write, ())
_thread.start_new_thread(read, (1,))
