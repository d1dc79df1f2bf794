# check: clean complete executions=2
# The numbers of a seed come in the same order in every execution, whoever draws them; only who draws first differs.
import _thread
import heddle
import random

random.seed(5)
expected = sorted((random.getrandbits(16), random.getrandbits(16)))
random.seed(5)
drawn = [0, 0]


def draw(k):
    drawn[k] = random.getrandbits(16)


def check():
    assert sorted(drawn) == expected


heddle.at_end(check)
_thread.start_new_thread(draw, (0,))
_thread.start_new_thread(draw, (1,))
