# check: clean complete executions=6
# Test and pop of a stack are one locked section: with one item and two who want it, one goes without.
import _thread
import heddle

lock = _thread.allocate_lock()
stack = []
popped = []


def push():
    with lock:
        stack.append(1)


def pop():
    with lock:
        if len(stack) > 0:
            popped.append(stack.pop())


def check():
    assert len(stack) + len(popped) == 1


heddle.at_end(check)
_thread.start_new_thread(push, ())
_thread.start_new_thread(pop, ())
_thread.start_new_thread(pop, ())
