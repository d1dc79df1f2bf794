# check: error assertion line=28
# check: executions=43
# A thread looks for scheduled calls at its jumps and where it ends. The second call can come there, before the main
# thread writes: neither call sees the new value then.
import _thread
import heddle
import micropython

n = 1
m = 0
seen = []


def call(number):
    seen.append((number, n))


def work():
    global m
    try:
        m = n
    except Exception:
        pass
    m = 2


def check():
    assert seen != [(1, 1), (2, 1)]


def main():
    global n
    try:
        n = 3
    except Exception:
        pass


heddle.at_end(check)
micropython.schedule(call, 1)
micropython.schedule(call, 2)
_thread.start_new_thread(work, ())
main()
