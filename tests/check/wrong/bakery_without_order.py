# check: error assertion|lost-update line=22,23 interrupts=0
# Lamport's bakery, where equal numbers are not told apart: both go in.
import _thread

N = 2
choosing = [False] * N
number = [0] * N
inside = 0


def work(me):
    global inside
    choosing[me] = True
    number[me] = 1 + max(number)
    choosing[me] = False
    for k in range(N):
        while choosing[k]:
            pass
        while number[k] and number[k] < number[me]:
            pass
    inside += 1
    assert inside == 1
    inside -= 1
    number[me] = 0


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
