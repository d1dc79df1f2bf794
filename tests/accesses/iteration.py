from collections import deque


class Countdown:
    def __init__(self):
        self.left = 2

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:  #: read countdown.left
            raise StopIteration
        self.left -= 1  #: read countdown.left, write countdown.left, update the items of countdown


def count():
    yield 1  #: write the state of generator, write the state of fresh
    yield from data  #: write the state of generator, write the state of fresh, read data[0], read data[1], read the size of data, write the state of <iterator>


def spread():
    for part in parts:  #: read parts[0], read parts[1], read the size of parts
        yield part  #: write the state of <generator>
    return 1  #: write the state of <generator>


def loops():
    for each in data:  #: read data[0], read data[1], read the size of data
        pass
    for each in (1, 2):  #: nothing
        pass
    for each in range(2):  #: nothing
        pass
    for each in table:  #: read the items of table, read the size of table
        pass
    for each in table.items():  #: read the items of table, read the size of table
        pass
    for each in names:  #: read the items of names, read the size of names
        pass
    for each in record:  #: read record[0], read record[1], read the bytes of record, read the size of record
        pass
    for each in queue:  #: read the state of queue
        pass
    for each in enumerate(data):  #: read data[0], read data[1], read the size of data, write the state of <enumerate>, write the state of <iterator>
        pass
    for each in zip(data, table):  #: read data[0], read data[1], read the size of data, read the items of table, read the size of table, write the state of <zip>, write the state of <iterator>
        pass
    for each in reversed(data):  #: read data[0], read data[1], read the size of data, write the state of <reversed>
        pass
    for each in generator:  #: write the state of generator
        pass
    for each in countdown:  #: read Countdown.__iter__, read Countdown.__next__
        pass
    [each for each in data]  #: read data[0], read data[1], read the size of data
    {each: 1 for each in data}  #: read data[0], read data[1], read the size of data


def unpacking():
    a, b = data  #: read the items of data, read the size of data
    a, *b = data  #: read the items of data, read the size of data
    a, b = 1, 2  #: nothing
    a, b = iterator  #: read the items of data, read the size of data, write the state of iterator


def whole():
    list(data)  #: read the items of data, read the size of data
    tuple(table)  #: read the items of table, read the size of table
    set(names)  #: read the items of names, read the size of names
    sum(data)  #: read the items of data, read the size of data
    max(data)  #: read the items of data, read the size of data
    sorted(data)  #: read the items of data, read the size of data
    any(data)  #: read the items of data, read the size of data
    map(str, data)  #: nothing
    list(map(int, data))  #: read the items of data, read the size of data, write the state of <map>, write the state of <iterator>
    ",".join(words)  #: read the items of words, read the size of words
    "%s" % words  #: read the items of words, read the size of words
    "{}".format(words)  #: read the items of words, read the size of words
    str(words)  #: read the items of words, read the size of words
    print(words)  #: read the items of words, read the size of words, write the output
    print(*words)  #: read the items of words, read the size of words, write the output
    list(spread())  #: write the state of <generator>
    iter(data)  #: nothing
    next(other)  #: read data[0], read the size of data, write the state of other
    next(fresh)  #: write the state of fresh
    fresh.send(None)  #: write the state of fresh
    fresh.close()  #: write the state of fresh


data = [1, 2]
words = ["a"]
parts = ["p", "q"]
table = {"k": 1}
names = {"n"}
record = bytearray(2)
queue = deque((1,), 2)
generator = count()
fresh = count()
countdown = Countdown()
iterator = iter(data)
other = iter(data)
loops()
unpacking()
whole()
