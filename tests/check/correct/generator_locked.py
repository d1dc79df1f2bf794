# check: clean complete executions=2
# Two threads draw from one generator, each under the lock.
import _thread
import heddle

lock = _thread.allocate_lock()
drawn = [0, 0]


def numbers():
    n = 1
    while True:
        yield n
        n += 1


source = numbers()


def draw(i):
    with lock:
        drawn[i] = next(source)


def check():
    assert sorted(drawn) == [1, 2]


heddle.at_end(check)
_thread.start_new_thread(draw, (0,))
_thread.start_new_thread(draw, (1,))
