# What a handler may not do: (name, function whose call needs the heap, words of the explanation).
#
# Each function is called once, without arguments, while the heap is locked. Every word stands in the explanation,
# whatever its case, and there is one explanation for each.

import array
import io
import math
import struct
import time


class Counter:
    def __init__(self):
        self.count = 0

    def add(self):
        self.count += 1

    @classmethod
    def make(cls):
        return None

    def grow(self, name):
        self.first = self.second = self.third = self.fourth = self.fifth = name


class Failure(Exception):
    pass


a, b, zero = 7, 2, 0
half = 0.5
minus_half = -0.5
big = 1 << 61
huge = 1 << 70
text = "abc"
data = b"abc"
numbers = [1, 2, 3, 4]
pair = (1, 2)
table = {1: 1}
letters = set("abcdefgh")
buffer = bytearray(8)
view = memoryview(buffer)
floats = array.array("f", [0.5, 1.5])
wide = array.array("Q", [1 << 63])
counter = Counter()
bound_add = counter.add
stream = io.BytesIO(b"abcdef")


def slots(*arguments):
    return None


def options(**arguments):
    return None


def plain(first=0, second=0):
    return first


def shares():
    local = 1

    def inner():
        return local

    return None


def make_closure():
    one, two, three = 1, 2, 3

    def inner(p, q, r):
        return one + two + three + p + q + r

    return inner


closure = make_closure()


def numbers_one_by_one():
    yield 1


def many(first, second, third, fourth):
    # Its frame is larger than what goes on the stack by itself; the interpreter manages without the heap.
    one, two, three = first, second, third
    four, five, six = second, third, fourth
    seven, eight, nine = third, fourth, first
    return one + two + three + four + five + six + seven + eight + nine


# Operators.


def true_division():
    return a / b


def float_division():
    return half / b


def float_sum():
    return a + half


def float_sum_in_place():
    total = half
    total += 1
    return total


def float_negation():
    return -half


def negative_power():
    return a**-1


def big_sum():
    return big + big


def big_shift():
    return a << 70


def big_mask():
    return huge & 0xFF


def big_negation():
    return -huge


def string_sum():
    return text + text


def bytes_sum():
    return data + data


def string_repetition():
    return text * 3


def list_repetition():
    return [] if zero else numbers * 3


def list_sum():
    return numbers + numbers


def tuple_sum():
    return pair + pair


def list_in_place():
    global numbers
    numbers += numbers


def bytearray_in_place():
    global buffer
    buffer += data


def percent_format():
    return "%d" % a


def set_union():
    return letters | letters


# Items, attributes, names.


def list_slice():
    return numbers[1:3]


def bytearray_slice():
    return buffer[1:3]


def memoryview_slice():
    return view[1:3]


def string_slice():
    return text[::2]


def slice_store():
    buffer[0:2] = b"xy"


def float_item():
    return floats[0]


def big_item():
    return wide[0]


def new_key():
    for key in range(100, 200):
        table[key] = key


def bound_method():
    method = counter.add
    return method


def bound_class_method():
    method = Counter.make
    return method


def bound_builtin():
    append = numbers.append
    return append


def unbound_builtin():
    return list.append(numbers, 1)


def new_attributes():
    counter.grow(1)


def dict_attribute():
    return counter.__dict__


# A small table of globals, which is full soon.
module = {}
exec(
    "def new_globals():\n    global "
    + ", ".join("g%d" % n for n in range(20))
    + "\n"
    + "".join("    g%d = 0\n" % n for n in range(20)),
    module,
)
new_globals = module["new_globals"]


# Containers and loops.


def new_tuple():
    return a, b


def new_list():
    return [a, b]


def new_empty_list():
    return []


def new_dict():
    return {}


def new_set():
    return {a, b}


def starred_name():
    first, *rest = numbers
    return first


def list_comprehension():
    return [n for n in numbers]


def dict_comprehension():
    return {n: n for n in numbers}


def generator_expression():
    return sum(n for n in numbers)


def loop_over_enumerate():
    for i, n in enumerate(numbers):
        pass


def loop_over_floats():
    for f in floats:
        pass


def loop_over_items():
    for key, value in table.items():
        pass


enumeration = enumerate(numbers)


def loop_over_kept_enumerate():
    for i, n in enumeration:
        pass


# Functions, calls.


def inner_function():
    def inner():
        pass


def lambda_function():
    return lambda: 0


def inner_closure():
    shares()


def closure_call():
    closure(1, 2, 3)


def star_call():
    slots(*numbers)


def keyword_star_call():
    plain(**{"first": 1}) if zero else plain(**keywords)


keywords = {"first": 1}


def extra_arguments():
    slots(1, 2)


def keyword_arguments():
    options(first=1)


def generator_call():
    return numbers_one_by_one()


def instance_call():
    return Counter()


def class_statement():
    class Inner:
        pass


def raise_own():
    raise Failure


def raise_own_instance():
    raise Failure("no")


def bytearray_call():
    return bytearray(4)


def list_call():
    return list(pair)


def float_call():
    return float(a)


def string_call():
    return str(a + 123456)


def hex_call():
    return hex(a)


def super_call():
    return super(Counter, counter)


def f_string():
    return f"{a} of {b}"


def format_call():
    return "{}".format(a)


def join_call():
    return ", ".join(keywords)


def append_call():
    for i in range(100):
        numbers.append(i)


def extend_call():
    buffer.extend(b"0123456789abcdefghij")


def set_add_call():
    for i in range(100):
        letters.add(i)


def update_call():
    table.update(more)


more = {n: n for n in range(300, 340)}


def time_call():
    return time.time()


def math_call():
    return math.sin(1)


def pack_call():
    return struct.pack("<I", a)


def unpack_call():
    return struct.unpack("<I", b"abcd")


def divmod_call():
    return divmod(a, b)


def sorted_call():
    return sorted(numbers)


def read_call():
    return stream.read(3)


def to_bytes_call():
    return a.to_bytes(2, "big")


def from_bytes_call():
    return int.from_bytes(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff", "big")


def bound_call():
    return bound_join(("a", "b"))


bound_join = ", ".join


def import_statement():
    import asyncio


def local_time_call():
    return time.localtime()


def absolute_call():
    return abs(minus_half)


def range_call():
    return range(a)


def enumerate_call():
    return zip(numbers, numbers)


def long_list_pop():
    while long_list:
        long_list.pop()


def long_list_delete():
    while other_long_list:
        del other_long_list[0]


long_list = [0] * 100
other_long_list = [0] * 100


def object_call():
    return object()


def floor_division():
    return half // 2


class Halves:
    def __iter__(self):
        return self

    def __next__(self):
        return half


halves = Halves()


def sum_of_instance():
    # Its last step was in a frame that has ended.
    return sum(halves)


def special_method():
    return sample + sample


class Sample:
    def __add__(self, other):
        return [self, other]

    @property
    def text(self):
        return f"{a}"


sample = Sample()


def property_read():
    return sample.text


def comparison_with_list():
    return [1] in numbers


def evaluation():
    return eval("1 + 1")


def global_dict_copy():
    return table.copy()


def method_of_helper():
    Helper().run() if zero else helper.run()


class Helper:
    def run(self):
        return self.step()

    def step(self):
        return a / b


helper = Helper()

CASES = [
    ("true_division", true_division, "float result of / use integers (//)"),
    ("float_division", float_division, "float result of /"),
    ("float_sum", float_sum, "float result of + use integers"),
    ("float_sum_in_place", float_sum_in_place, "float result of +="),
    ("float_negation", float_negation, "float result of -"),
    ("negative_power", negative_power, "float result of **"),
    ("big_sum", big_sum, "big integer result of + 63 bits 0x3fffffff"),
    ("big_shift", big_shift, "big integer result of <<"),
    ("big_mask", big_mask, "result of & with a big integer"),
    ("big_negation", big_negation, "big integer result of -"),
    ("string_sum", string_sum, "new str that + makes"),
    ("bytes_sum", bytes_sum, "new bytes that + makes bytearray"),
    ("string_repetition", string_repetition, "new str that * makes"),
    ("list_repetition", list_repetition, "new list that * makes"),
    ("list_sum", list_sum, "new list that + makes"),
    ("tuple_sum", tuple_sum, "new tuple that + makes"),
    ("list_in_place", list_in_place, "longer list that += makes full length"),
    ("bytearray_in_place", bytearray_in_place, "longer bytearray that += makes"),
    ("percent_format", percent_format, "text that % formats outside"),
    ("set_union", set_union, "new set that | makes"),
    ("list_slice", list_slice, "slice of the list indexes"),
    ("bytearray_slice", bytearray_slice, "slice of the bytearray memoryview"),
    ("memoryview_slice", memoryview_slice, "slice of the memoryview"),
    ("string_slice", string_slice, "slice of the str"),
    ("slice_store", slice_store, "slice of the bytearray"),
    ("float_item", float_item, "float read from the array"),
    ("big_item", big_item, "big integer read from the array"),
    ("new_key", new_key, "new key of the dict"),
    ("bound_method", bound_method, "bound method Counter.add variable made outside"),
    ("bound_class_method", bound_class_method, "bound method Counter.make"),
    ("bound_builtin", bound_builtin, "bound method list.append"),
    ("unbound_builtin", unbound_builtin, "method append() taken from its type"),
    ("new_attributes", new_attributes, "in grow new attribute of the Counter __init__"),
    ("dict_attribute", dict_attribute, "attribute Counter.__dict__"),
    ("new_globals", new_globals, "new global module level"),
    ("new_tuple", new_tuple, "the tuple"),
    ("new_list", new_list, "new list once outside"),
    ("new_empty_list", new_empty_list, "new list"),
    ("new_dict", new_dict, "new dict"),
    ("new_set", new_set, "new set"),
    ("starred_name", starred_name, "list for the starred name"),
    ("list_comprehension", list_comprehension, "comprehension plain for loop"),
    ("dict_comprehension", dict_comprehension, "comprehension"),
    ("generator_expression", generator_expression, "generator expression"),
    ("loop_over_enumerate", loop_over_enumerate, "iterator that enumerate() makes"),
    ("loop_over_floats", loop_over_floats, "loop's next item"),
    ("loop_over_items", loop_over_items, "iterator that dict.items() makes"),
    ("loop_over_kept_enumerate", loop_over_kept_enumerate, "next item of the enumerate"),
    ("inner_function", inner_function, "inner function inner() outside"),
    ("lambda_function", lambda_function, "inner function <lambda>()"),
    ("inner_closure", inner_closure, "in inner_closure variable that shares() shares with"),
    ("closure_call", closure_call, "call of an inner function with many arguments"),
    ("star_call", star_call, "arguments for * or **"),
    ("keyword_star_call", keyword_star_call, "arguments for * or **"),
    ("extra_arguments", extra_arguments, "tuple of extra arguments of slots()"),
    ("keyword_arguments", keyword_arguments, "dict of keyword arguments of options()"),
    ("generator_call", generator_call, "generator that numbers_one_by_one() makes"),
    ("instance_call", instance_call, "new object of the class Counter"),
    ("class_statement", class_statement, "the class statement outside"),
    ("raise_own", raise_own, "new object of the class Failure"),
    ("raise_own_instance", raise_own_instance, "new object of the class Failure"),
    ("bytearray_call", bytearray_call, "new bytearray once outside"),
    ("list_call", list_call, "new list"),
    ("float_call", float_call, "float that float() makes"),
    ("string_call", string_call, "text that str() makes"),
    ("hex_call", hex_call, "text that hex() makes"),
    ("super_call", super_call, "super() as an object"),
    ("f_string", f_string, "text that an f-string or str.format() makes"),
    ("format_call", format_call, "text that an f-string or str.format() makes"),
    ("join_call", join_call, "text that str.join() makes"),
    ("append_call", append_call, "room that list.append() adds full length"),
    ("extend_call", extend_call, "room that bytearray.extend() adds"),
    ("set_add_call", set_add_call, "room that set.add() adds keys"),
    ("update_call", update_call, "room that dict.update() adds"),
    ("time_call", time_call, "float that time.time() makes"),
    ("math_call", math_call, "float that math.sin() makes"),
    ("pack_call", pack_call, "bytes object that struct.pack() makes pack_into"),
    ("unpack_call", unpack_call, "tuple that struct.unpack() makes"),
    ("divmod_call", divmod_call, "tuple that divmod() makes"),
    ("sorted_call", sorted_call, "copy that sorted() makes"),
    ("read_call", read_call, "bytes object that BytesIO.read() makes readinto"),
    ("to_bytes_call", to_bytes_call, "bytes object that int.to_bytes() makes"),
    ("from_bytes_call", from_bytes_call, "integer that int.from_bytes() makes"),
    ("bound_call", bound_call, "text that str.join() makes"),
    ("local_time_call", local_time_call, "tuple that time.localtime() makes"),
    ("absolute_call", absolute_call, "number that abs() makes"),
    ("range_call", range_call, "iterator that range() makes"),
    ("enumerate_call", enumerate_call, "iterator that zip() makes"),
    ("long_list_pop", long_list_pop, "smaller block that list.pop() count in a variable"),
    ("long_list_delete", long_list_delete, "smaller block that del moves the list to"),
    ("object_call", object_call, "new object"),
    ("floor_division", floor_division, "float result of //"),
    ("sum_of_instance", sum_of_instance, "in sum_of_instance the call"),
    ("special_method", special_method, "in __add__ new list"),
    ("property_read", property_read, "in text f-string"),
    ("comparison_with_list", comparison_with_list, "new list"),
    ("evaluation", evaluation, "call of eval() micropython.schedule()"),
    ("global_dict_copy", global_dict_copy, "copy that dict.copy() makes"),
    ("import_statement", import_statement, "import at the top of the file"),
    ("method_of_helper", method_of_helper, "in step float result of /"),
]

# These need no heap, and run to their end.
SAFE = [
    ("many", lambda: many(1, 2, 3, 4)),
    ("bound_add", lambda: bound_add()),
    ("plain_keywords", lambda: plain(second=1)),
]
