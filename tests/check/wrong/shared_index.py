# check: error assertion line=17 preemptions=0 interrupts=0
# Threads that take their number from a global of whoever starts them. Fails when the first begins after the second is
# started.
import _thread
import heddle

N = 2
marks = [0] * N
number = 0


def work():
    marks[number] = 1


def check():
    assert sum(marks) == N


heddle.at_end(check)
for number in range(N):
    _thread.start_new_thread(work, ())
