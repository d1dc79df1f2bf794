from array import array
from collections import OrderedDict, deque


class Stack(list):
    pass


def lists(other, i):
    data[1]  #: read data[1], read the size of data
    data[-1]  #: read data[2], read the size of data
    data[1:]  #: read the items of data, read the size of data
    data[i] = 5  #: write data[1], update the items of data, read the size of data
    data[i] += 5  #: read data[1], write data[1], update the items of data, read the size of data
    data[0:1] = [7]  #: write the items of data, write the size of data, read the items of <list>, read the size of <list>
    del data[0]  #: write the items of data, write the size of data
    data.append(other)  #: update the items of data, write the size of data
    data.pop()  #: update the items of data, write the size of data
    data.pop(0)  #: write the items of data, write the size of data
    data.insert(0, 1)  #: write the items of data, write the size of data
    data.extend(more)  #: update the items of data, write the size of data, read the items of more, read the size of more
    own = data
    own += more  #: update the items of data, write the size of data, read the items of more, read the size of more
    data + more  #: read the items of data, read the size of data, read the items of more, read the size of more
    data * 2  #: read the items of data, read the size of data
    data.remove(5)  #: write the items of data, write the size of data
    data.sort()  #: write the items of data, write the size of data
    data.reverse()  #: write the items of data, write the size of data
    data.index(1)  #: read the items of data, read the size of data
    data.count(1)  #: read the items of data, read the size of data
    data.copy()  #: read the items of data, read the size of data
    1 in data  #: read the items of data, read the size of data
    data == more  #: read the items of data, read the size of data, read the items of more, read the size of more
    data is more  #: nothing
    len(data)  #: read the size of data
    not data  #: read the size of data
    data or other  #: read the size of data
    if data:  #: read the size of data
        pass
    data.clear()  #: write the items of data, write the size of data
    try:
        data[9]  #: read the size of data
    except IndexError:
        pass
    nested == nested  #: read the items of nested, read the size of nested, read the items of more, read the size of more
    stack.append(1)  #: read stack.append, read Stack.append, update the items of <list>, write the size of <list>
    stack[0]  #: read <list>[0], read the size of <list>
    [x for x in range(3)]  #: nothing


def dicts(key):
    table["a"]  #: read table['a']
    table[key] = 1  #: write table['a'], update the items of table
    table["b"] = 1  #: write table['b'], update the items of table, write the size of table
    table[1] = 1  #: write table[1], update the items of table, write the size of table
    table["x" + key] = 1  #: write table['xa'], update the items of table, write the size of table
    table["x" + key] = 2  #: write table['xa'], update the items of table
    table["a"] += 1  #: read table['a'], write table['a'], update the items of table
    del table["b"]  #: write table['b'], update the items of table, write the size of table
    table.get("a")  #: read table['a']
    table.get("none")  #: read table['none']
    table.setdefault("a", 1)  #: read table['a']
    table.setdefault("c", 1)  #: write table['c'], update the items of table, write the size of table
    table.pop("c")  #: write table['c'], update the items of table, write the size of table
    table.pop("c", 0)  #: read table['c']
    table.update(small)  #: read the items of small, read the size of small, write table['s'], update the items of table, write the size of table
    table.update([("p", 1)])  #: read the items of <list>, read the size of <list>, write table['p'], update the items of table, write the size of table
    table.update(t=1)  #: write table['t'], update the items of table, write the size of table
    own = small
    own |= {"u": 1}  #: read the items of <dict>, read the size of <dict>, write small['u'], update the items of small, write the size of small
    "a" in table  #: read table['a']
    "none" not in table  #: read table['none']
    len(table)  #: read the size of table
    table == small  #: read the items of table, read the size of table, read the items of small, read the size of small
    table.keys()  #: nothing
    list(small.items())  #: read the items of small, read the size of small
    small.copy()  #: read the items of small, read the size of small
    small.popitem()  #: write small['s'], write small['u'], write the items of small, write the size of small
    small.clear()  #: write small['u'], write the items of small, write the size of small
    dict.fromkeys(more)  #: read the items of more, read the size of more
    table[(1, "a")] = 1  #: write table[<tuple>], update the items of table, write the size of table
    ordered["k"] = 1  #: write ordered['k'], update the items of ordered, write the size of ordered
    ordered["k"] = 2  #: write ordered['k'], update the items of ordered
    globals()["data"]  #: read the globals['data']
    globals()["data"] = data  #: write the globals['data']


def sets():
    names.add("a")  #: read names['a']
    names.add("b")  #: write names['b'], update the items of names, write the size of names
    names.discard("b")  #: write names['b'], update the items of names, write the size of names
    names.discard("b")  #: read names['b']
    "a" in names  #: read names['a']
    names.update(few)  #: read the items of few, read the size of few, write names['f'], update the items of names, write the size of names
    own = names
    own |= few  #: read the items of few, read the size of few, write names['f'], update the items of names
    own &= few  #: write names['a'], write names['f'], write the items of names, write the size of names, read the items of few, read the size of few
    names | few  #: read the items of names, read the size of names, read the items of few, read the size of few
    names.union(few)  #: read the items of names, read the size of names, read the items of few, read the size of few
    names.pop()  #: write names['f'], write the items of names, write the size of names
    frozenset("ab") | few  #: read the items of few, read the size of few


def buffers():
    record[2]  #: read record[2], read the bytes of record, read the size of record
    record[2] = 1  #: write record[2], update the items of record, read the size of record
    record[0:2]  #: read the items of record, read the size of record
    record[0:2] = b"ab"  #: write the items of record, write the bytes of record, write the size of record
    record.append(1)  #: write the items of record, write the size of record
    record.extend(b"1")  #: write the items of record, write the size of record
    own = record
    own += b"1"  #: write the items of record, write the size of record
    bytes(record)  #: read the items of record, read the size of record
    numbers[-1] = 2  #: write numbers[1], update the items of numbers, read the size of numbers
    numbers.append(3)  #: write the items of numbers, write the size of numbers
    view[0]  #: read view[0], read the bytes of view, read the size of view
    view[0] = 1  #: write view[0], update the items of view, read the size of view
    view[1:]  #: nothing
    view[0:1] = b"a"  #: write the items of view, write the bytes of view, read the size of view
    len(record)  #: read the size of record


def queues():
    queue.append(1)  #: write the state of queue
    queue.popleft()  #: write the state of queue
    len(queue)  #: read the state of queue
    not queue  #: read the state of queue


data = [1, 2, 3]
more = [1, 5]
nested = [more]
stack = Stack()
table = {"a": 1}
small = {"s": 1}
ordered = OrderedDict()
names = {"a"}
few = {"f"}
record = bytearray(4)
numbers = array("i", [1, 2])
view = memoryview(bytearray(4))
queue = deque((), 4)
lists(None, 1)
dicts("a")
sets()
buffers()
queues()
