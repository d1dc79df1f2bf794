import gc
import heapq
import io
import json
import micropython
import random
import struct
import sys
import time
from collections import OrderedDict, namedtuple

Point = namedtuple("Point", "x y")


class Adder:
    def __call__(self, n):
        return n


def plain(*args, **keywords):
    return args


def calls():
    plain(1, x=2)  #: nothing
    plain(*data)  #: read the items of data, read the size of data
    plain(**table)  #: read the items of table, read the size of table
    adder(1)  #: read Adder.__call__
    (lambda x: x)(1)  #: nothing
    abs(-1)  #: nothing
    isinstance(data, list)  #: nothing
    ValueError("x")  #: nothing
    Point(1, 2).x  #: nothing
    append = data.append  #: nothing
    append(1)  #: update the items of data, write the size of data
    data.append(*few)  #: read the items of few, read the size of few, update the items of data, write the size of data
    heapq.heappush(data, 1)  #: write the items of data, write the size of data
    OrderedDict(table)  #: read the items of table, read the size of table
    json.dumps(data)  #: read the items of data, read the size of data


def streams():
    stream.write("abc")  #: write the state of stream
    stream.getvalue()  #: write the state of stream
    stream.seek(0)  #: write the state of stream
    stream.readinto(record)  #: write the state of stream, write the items of record, write the bytes of record, read the size of record
    print("x", file=text)  #: write the state of text
    sys.stdout.write("x\n")  #: write the output
    json.dump(data, text)  #: read the items of data, read the size of data, write the state of text


def rings():
    ring.any()  #: read the state of ring
    ring.write("a")  #: write the state of ring
    ring.readinto(record)  #: write the state of ring, write the items of record, write the bytes of record, read the size of record
    ring.read(1)  #: write the state of ring


def packing():
    struct.pack_into("b", record, 0, 1)  #: write the items of record, write the bytes of record, read the size of record
    struct.unpack_from("b", record)  #: read the items of record, read the size of record
    struct.pack("b", 1)  #: nothing
    struct.calcsize("b")  #: nothing


def single():
    random.random()  #: write the random numbers
    random.choice(few)  #: write the random numbers, read the items of few, read the size of few
    time.ticks_ms()  #: read the clock
    time.ticks_diff(1, 2)  #: nothing
    time.sleep_ms(0)  #: look the clock
    time.localtime(1)  #: nothing
    gc.collect()  #: write the collector
    micropython.schedule(plain, 1)  #: write the queue of scheduled calls
    open("/dev/null").close()  #: write files and the system, write the state of <TextIOWrapper>


data = [1]
few = [1]
table = {"k": 1}
adder = Adder()
record = bytearray(4)
stream = io.BytesIO()
text = io.StringIO()
ring = micropython.RingIO(8)
calls()
streams()
rings()
packing()
single()
