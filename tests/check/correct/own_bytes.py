# check: clean complete executions=1
# Two threads, two bytes of one bytearray.
import _thread
import heddle

data = bytearray(2)


def work(i):
    data[i] = data[i] + 1


def check():
    assert data[0] == data[1] == 1


heddle.at_end(check)
_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
