# Through calls, their arguments and results; and what runs in them.

n1 = n2 = n3 = n4 = n5 = n6 = n7 = n8 = n9 = 0
n10 = n11 = n12 = n13 = n14 = n15 = n16 = n17 = n18 = 0


def get():
    return n1


def add_one(value):
    return value + 1


def set_to(value):
    global n1
    n1 = value  #: update


set_to(add_one(get()))


def look():
    return n2 == 0


def mark():
    global n2
    n2 = 1  #: update


if look():
    mark()


def wait():
    while n3 != 0:
        pass
    return None


def leave():
    global n3
    n3 = 1  #: apart


wait()
get()
leave()


def ignore(value):
    return 3


n4 = ignore(n4)  #: apart
n5 = max(n5, 2)  #: update
n6 = add_one(value=n6)  #: update
n7 = add_one(*(n7,))  #: update
n8 = list(map(add_one, [n8]))[0]  #: update
n9 = (lambda: n9)() + 1  #: update


def second(first, other):
    return other


n10 = second(n10, 77)  #: apart


class Counter:
    def __init__(self):
        self.n11 = 0
        self.n12 = 0

    def get(self):
        return self.n11

    def step(self):
        self.n11 = self.get() + 1  #: update

    def see(self):
        return self.n12

    def wait_and_mark(self):
        while self.see() != 0:
            pass
        self.get()
        self.n12 = 1  #: apart


counter = Counter()
counter.step()
counter.wait_and_mark()


def make():
    n13 = 0

    def step():
        nonlocal n13
        n13 = n13 + 1  #: update

    return step


make()()


def numbers():
    yield n14
    yield n14 + 1


for number in numbers():
    pass
n14 = number  #: update


def count(start):
    while True:
        start += 1
        yield start


n15 = next(count(n15))  #: update


def nested():
    result = yield from numbers_of_n16()
    return result


def numbers_of_n16():
    yield 1
    return n16


def run(generator):
    while True:
        try:
            next(generator)
        except StopIteration as stop:
            return stop.value


n16 = run(nested())  #: update


def recursive(depth):
    if depth == 0:
        return n17
    return recursive(depth - 1) + 1


n17 = recursive(3)  #: update


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Number(self.value + other)


n18 = (Number(n18) + 1).value  #: update
