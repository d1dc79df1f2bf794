# check: clean complete
# check: maybe data-race
# Lamport's bakery: who draws the lower number goes first, and of equal ones the lower thread.
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
        while number[k] and (number[k], k) < (number[me], me):
            pass
    inside += 1
    assert inside == 1
    inside -= 1
    number[me] = 0


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
