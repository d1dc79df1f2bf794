# check: error assertion line=26 preemptions=1 interrupts=0
# A reader that begins while the writer is at work. Fails when it ends before the writer does.
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
            x = a
            y = b
            if sequence == before:
                break
        assert x == y


_thread.start_new_thread(write, ())
_thread.start_new_thread(read, (1,))
