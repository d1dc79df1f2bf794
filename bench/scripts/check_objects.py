# Five threads and 250 objects: what a snapshot has to copy.
import _thread


class Thing:
    def __init__(self, number):
        self.number = number


things = [Thing(number) for number in range(250)]


def increment(one, other):
    for thing in (one, other, one):
        thing.number += 1


for i in range(5):
    _thread.start_new_thread(increment, (things[i], things[i // 2]))
