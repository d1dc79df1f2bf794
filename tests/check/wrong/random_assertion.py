# check: error assertion line=15 preemptions=0 interrupts=0
# Numbers without a seed of the script's own are the same in each execution, and in a replay: the one that fails does so
# there too.
#
# Nothing but the first thread need run.
import _thread
import os
import random


def draw():
    name = os.urandom(2)
    number = random.getrandbits(30)
    # Wrong once in 2^30.
    assert number == 0, (name, number)


_thread.start_new_thread(draw, ())
