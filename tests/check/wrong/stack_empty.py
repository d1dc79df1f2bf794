# check: error exception line=10 preemptions=1 interrupts=0
# Two threads, one item: each looks before it pops. Fails when one is interrupted between the two.
import _thread

stack = [1]


def pop():
    if len(stack) > 0:
        stack.pop()


_thread.start_new_thread(pop, ())
_thread.start_new_thread(pop, ())
