"""Programs by chance, the same one for the same seed: small, and on few things, so that threads meet.

What each thread saw, and all that is left, is printed when every thread has ended: that is the program's outcome.
"""

import random
import re

HEAD = """import _thread, heddle, machine, micropython, mutex, pyb, struct, time
from collections import deque
n = 1
m = 0
items = [3, 1, 2]
others = [5, 4]
ages = {1: 1, 2: 5}
marks = {1, 2}
record = bytearray(4)
view = memoryview(record)
queue = deque((1, 2), 5)
iterator = iter(items)
lock = _thread.allocate_lock()
gate = _thread.allocate_lock()
guard = mutex.Mutex()


class Account:
    rate = 0

    def __init__(self):
        self.sum = 1

    def __getattr__(self, name):
        return n

    def pay(self, amount=1):
        self.sum += amount
        return self.sum

    @property
    def worth(self):
        return self.sum + n


class Hour:
    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return (self.number + n) % 3 == (other.number + n) % 3

    def __hash__(self):
        return 1

    def __lt__(self, other):
        return (self.number * n) % 5 < (other.number * n) % 5


account = Account()
hour = Hour(2)
hours = [Hour(4), Hour(2), Hour(3)]
shifts = {Hour(1): 1}


def scaled(value):
    return value * n


def above(value):
    return value > n


def counted(value):
    global m
    m += 1
    return value


def pushed(value):
    items.append(value)
    return value


def growing():
    global n
    for i in range(3):
        n += i
        yield n


def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    return up


up = counter()
series = growing()
products = map(scaled, items)
timer = machine.Timer(-1)
try:
    pin = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)
except ValueError:
    pin = machine.Pin(2, machine.Pin.IN, machine.Pin.PULL_UP)
"""

STATEMENTS = """n += 1
n = 3
m = n
a = n
a = n + m
account.sum += 1
account.sum = n
a = account.sum
a = account.worth
a = account.lacking
a = account.pay()
account.other = 2
del account.sum
setattr(account, "sum", n)
a = getattr(account, "other", 0)
Account.rate += 1
a = account.rate
items.append(n)
items[0] = 6
items[-1] = n
a = items[0]
a = items[-1]
a = len(items)
a = items.pop()
a = items.pop(0)
del items[0]
items.insert(0, 9)
items.sort(key=scaled)
items.extend(map(scaled, others))
items += [4]
items[0:1] = [8]
a = items[1:]
a = max(items, key=scaled)
a = max(items, key=counted)
a = max(items, key=pushed)
a = sorted(items, key=scaled)
a = sorted(ages, key=ages.get)
a = n in items
a = [item + n for item in items]
a = sum(scaled(item) for item in items)
for item in items: n += item
for item in others: items.append(item)
for i, item in enumerate(items): n += i * item
for one, other in zip(items, map(scaled, others)): n += one
a = list(map(counted, items))
a = list(filter(above, items))
a = any(map(above, items))
a = tuple(zip(items, map(scaled, others)))
a = list(iterator)
a = next(iterator)
a = next(products)
a = list(products)
a, *c = items
others[0], others[1] = others[1], others[0]
a = items == others
a = str(items)
a = "%s %d" % (others, n)
ages[2] = n
ages[1] += 1
ages[3] = 3
a = ages[1]
a = ages.get(3, 0)
del ages[1]
a = ages.pop(2, None)
a = ages.setdefault(3, n)
ages.update((item, n) for item in others)
a = list(ages.items())
for key in ages: n += ages[key]
a = 3 in ages
ages.clear()
a = max(ages, key=ages.get)
a = shifts.get(hour)
shifts[hour] = n
a = hour in hours
a = hours == [hour, hour, hour]
a = sorted(hours)[0].number
hours.sort()
marks.add(n)
marks.discard(1)
marks |= {2, 3}
marks.update(map(scaled, others))
a = marks & {1, 2}
a = sorted(marks)
record[0] += 1
record[1] = n
record[0:2] = b"xy"
record[1:3] = view[0:2]
view[1] = 7
a = bytes(record)
struct.pack_into("H", record, 0, n)
a = sum(record)
queue.append(n)
a = queue.popleft()
a = len(queue)
a = list(queue)
a = next(series)
a = sum(series)
a = up()
if items: items.pop()
if 1 in ages: a = ages[1]
if n > 1: m += 1""".splitlines()

ABOUT_LOCKS = """with lock: {}
with gate: {}
with guard: {}
with lock, gate: {}
with gate, lock: {}
if lock.acquire(False): {}; lock.release()
if gate.acquire(False): {}
if lock.acquire(True, 0.01): {}; lock.release()
a = gate.acquire(timeout=0.02)
lock.acquire(); {}; lock.release()
a = lock.locked()
lock.release()
if guard.test(): {}; guard.release()
time.sleep(0.01); {}
time.sleep(0); {}
while m == 0: pass
for _ in range(2): {}""".splitlines()

ABOUT_INTERRUPTS = """state = machine.disable_irq(); {}; machine.enable_irq(state)
timer.deinit()
timer.init(period=3, callback=handler0, hard=True)
if guard.test(): {}; guard.release()
{}""".splitlines()

ABOUT_CALLBACKS = """micropython.schedule(call, 1)
micropython.schedule(call_last, 2)
for _ in range(2): {}
if lock.acquire(False): {}; lock.release()
with lock: {}
{}""".splitlines()

IN_CALLBACKS = """n += value
m = n
account.sum += 1
items[0] = n
ages[1] += 2
if n: m += 1
m = len(items)""".splitlines()

IN_HANDLERS = """n += 1
m = n
account.sum += 1
record[0] += 1
items[0] = n
ages[1] += 2
if n: m += 1
m = len(items)
if guard.test(): n += 2; guard.release()
if lock.locked(): n += 1""".splitlines()

SOURCES = (
    "timer.init(period=2, callback=handler, hard=True)",
    "timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=handler, hard=True)",
    "pin.irq(handler, machine.Pin.IRQ_FALLING, hard=True)",
)

SOFT_SOURCES = (
    "timer.init(period=2, callback=handler)",
    "timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=handler)",
    "pin.irq(handler, machine.Pin.IRQ_FALLING)",
    "",
    "",
)

# On few things: each callback makes many orders of what comes between.
CALLBACK_THINGS = ("n", "items", "ages", "account")

THINGS = ("n", "items", "items", "ages", "marks", "record", "view", "queue", "account", "shifts", "hours", "others", "series", "up", "products", "iterator")

# More urgent than the others.
URGENT_SOURCE = "pyb.Timer(4, freq=1000, callback=handler)"

ABOUT_NESTED = ("state = machine.disable_irq(); {}; machine.enable_irq(state)", "if guard.test(): {}; guard.release()", "{}")

KINDS = ("data", "locks", "interrupts", "nested", "callbacks")

TAIL = """def shown(value):
    if isinstance(value, dict):
        return sorted(shown(pair) for pair in value.items())
    if isinstance(value, (list, tuple)):
        return [shown(each) for each in value]
    if isinstance(value, set):
        return sorted(value)
    return value.number if isinstance(value, Hour) else value


def end():
    for value in (n, m, items, others, ages, marks, record, list(queue), account.__dict__, Account.rate, hours, shifts, up(), lock.locked(), gate.locked(), guard.test(), seen):
        print(shown(value))


heddle.at_end(end)
"""


class Maker:
    def __init__(self, seed, kind):
        self.random = random.Random(f"{kind} {seed}")
        self.kind = kind
        thing = self.random.choice(CALLBACK_THINGS if kind == "callbacks" else THINGS)
        self.themed = [line for line in STATEMENTS if re.search(rf"\b{thing}\b", line)]

    def plain(self):
        chance = self.random.random()
        if chance < 0.65:
            return self.random.choice(self.themed)
        return self.random.choice(("n += 1", "n = 3", "n = 0")) if chance < 0.8 else self.random.choice(STATEMENTS)

    def simple(self):
        """One that may stand behind a colon or a semicolon."""
        while (line := self.plain()).startswith(("for", "if", "while", "with")):
            pass
        return line

    def statement(self):
        special = {
            "data": (),
            "locks": ABOUT_LOCKS,
            "interrupts": ABOUT_INTERRUPTS,
            "nested": ABOUT_NESTED,
            "callbacks": ABOUT_CALLBACKS,
        }[self.kind]
        if special and self.random.random() < 0.6:
            return self.random.choice(special).replace("{}", self.simple())
        return self.plain()

    def worker(self, number, statements):
        lines = [f"def work{number}():", "    global n, m, marks", "    a = c = None", "    try:"]
        lines += [f"        {self.statement()}" for _ in range(statements)]
        lines += ["    except Exception as error:", "        c = type(error).__name__", f"    seen[{number}] = (a, c)", "", ""]
        return lines

    def handlers(self, count):
        lines = []
        for i in range(count):
            lines += [f"def handler{i}(source):", "    global n, m"]
            lines += [f"    {self.random.choice(IN_HANDLERS)}" for _ in range(self.random.choice((1, 2)))]
            lines += ["", ""]
        return lines

    def sources(self):
        if self.kind != "nested":
            return [self.random.choice(SOURCES)]
        # What changes the board after a one-shot timer was armed asks whether that has fired.
        sources = (self.random.choice(SOURCES[:2]), SOURCES[2], URGENT_SOURCE)
        return sorted(self.random.sample(sources, 2), key=lambda source: "ONE_SHOT" in source)

    def make(self):
        if self.kind == "callbacks":
            return self.make_callbacks()
        interrupts = self.kind in ("interrupts", "nested")
        workers = 1 if interrupts else self.random.choice((2, 2, 3))
        lines = ["", f"seen = [None] * {workers}", "", ""]
        lines += self.handlers(2 if self.kind == "nested" else 1)
        for number in range(workers):
            most = 3 if interrupts else 4 - workers
            lines += self.worker(number, self.random.randint(1, most))
        lines += TAIL.splitlines()
        if interrupts:
            lines += [source.replace("handler", f"handler{i}") for i, source in enumerate(self.sources())] + ["work0()"]
        lines += [f"_thread.start_new_thread(work{number}, ())" for number in range(workers) if not interrupts]
        return HEAD + "\n".join(lines) + "\n"


    def make_callbacks(self):
        workers = self.random.choice((1, 2))
        lines = ["", f"seen = [None] * {workers}", "", ""]
        for name in ("call", "call_last"):
            lines += [f"def {name}(value):", "    global n, m", f"    {self.random.choice(IN_CALLBACKS)}", "", ""]
        lines += ["def handler(source):", "    global n, m", f"    {self.random.choice(IN_HANDLERS)}", "", ""]
        for number in range(workers):
            lines += self.worker(number, self.random.randint(1, 3 - workers))
        lines += TAIL.splitlines()
        lines += [self.random.choice(SOFT_SOURCES), "micropython.schedule(call, 1)"]
        lines += ["_thread.start_new_thread(work1, ())"] if workers == 2 else []
        # The main thread may end at once.
        by_thread = workers == 1 and self.random.random() < 0.4
        lines += ["_thread.start_new_thread(work0, ())" if by_thread else "work0()"]
        return HEAD + "\n".join(lines) + "\n"


def random_program(seed, kind):
    return Maker(seed, kind).make()
