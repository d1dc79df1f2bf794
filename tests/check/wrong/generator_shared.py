# check: error exception line=19 preemptions=1 interrupts=0
# Two threads draw from one generator. Fails when one is interrupted inside it: it can run once at a time only.
import _thread

step = 1


def numbers():
    n = 0
    while True:
        n += step
        yield n


source = numbers()


def draw():
    next(source)


_thread.start_new_thread(draw, ())
_thread.start_new_thread(draw, ())
