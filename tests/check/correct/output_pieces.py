# check: clean complete executions=6
# print() and sys.stdout share one place: each piece of output is ordered against all others. Two threads of two pieces
# each: C(4,2).
import _thread
import sys

write = sys.stdout.write


def first():
    print("a")
    sys.stdout.write("b\n")


def second():
    sys.stderr.write("c\n")
    print("d")


_thread.start_new_thread(first, ())
_thread.start_new_thread(second, ())
