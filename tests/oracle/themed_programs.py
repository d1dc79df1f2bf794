"""Programs by chance about one theme each, a theme being what there is and what threads do with it."""

import random

HEAD = """import _thread, heddle, time
n = 1
m = 0
lock = _thread.allocate_lock()
gate = _thread.allocate_lock()
"""

SIMPLE = ("n += 1", "n = 3", "m = n", "a = n", "m += 1")

TIMED = """if lock.acquire(1, 0.01): {}; lock.release()
if lock.acquire(1, 0.02): {}
if gate.acquire(1, 0.02): {}; gate.release()
a = lock.acquire(1, 0.03)
a = gate.acquire(timeout=0.01)
if lock.acquire(0): {}; lock.release()
a = gate.acquire(0)
with lock: {}
with lock: time.sleep(0.02)
lock.release()
gate.release()
time.sleep(0.01); {}
time.sleep(0.02); {}
time.sleep(0)
a = lock.locked()
{}""".splitlines()

ABOUT_THREADS = """a = _thread.start_new_thread(child, (2,))
_thread.start_new_thread(leaving, ())
_thread.start_new_thread(failing, ())
ids.append(_thread.get_ident())
a = _thread.get_ident() == ids[0]
with lock: {}
with lock: _thread.exit()
with lock: ids.append(_thread.get_ident())
if n > 1: _thread.exit()
gate.acquire(); {}
gate.release()
{}""".splitlines()

THREADS_HEAD = """ids = [0]


def child(value):
    global n
    n += value


def leaving():
    global m
    with lock:
        m = n
        _thread.exit()


def failing():
    with gate:
        raise ValueError(n)


"""

ABOUT_OBJECTS = """account.sum += 1
account.sum = n
Account.rate += 1
Account.rate = n
account.rate = 4
a = account.rate
a = saver.rate
del account.rate
a = saver.pay()
a = account.pay()
Saver.pay = Account.refund
account.other = n
del account.other
a = hasattr(account, "other")
a = account.__dict__.get("other")
a = sorted(account.__dict__)
a = Account.__dict__["rate"]
a = "other" in dir(saver)
setattr(Account, "other", n)
globals()["n"] += 1
ages[2] = n
a = ages.pop(1, 0)
a = ages.setdefault(3, n)
ages.update({1: n, 4: 1})
del ages[1]
a = sorted(ages)
for key in ages: n += key
items.append(n)
a = items.pop()
items.extend(items)
items.remove(1)
items.reverse()
a = items.index(n)
a = [item * n for item in items]
a = up()
a = down()
a = next(series)
a = series.send(None)
series.close()
a = next(walk)
a = sum(walk)
{}""".splitlines()

OBJECTS_HEAD = """items = [3, 1]
ages = {1: 1, 2: 5}


class Account:
    rate = 1

    def __init__(self):
        self.sum = 1

    def pay(self):
        self.sum += self.rate
        return self.sum

    def refund(self):
        self.sum -= n
        return self.sum


class Saver(Account):
    pass


account = Account()
saver = Saver()


def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    def down():
        nonlocal count
        count -= 1
        return count

    return up, down


def growing():
    global n
    for item in items:
        n += item
        yield n


up, down = counter()
series = growing()
walk = (item + n for item in items)


"""

ABOUT_ERRORS = """with lock: raise ValueError(n)
with lock: a = 1 // (n - 1)
with lock: {}
with lock, gate: a = items[n]
lock.acquire(); a = items[n]; lock.release()
fail(n)
a = guarded(fail)
a = guarded(take)
a = items[n]
if lock.acquire(0): raise KeyError(n)
lock.release()
n = 0
items.pop()
{}""".splitlines()

ERRORS_HEAD = """items = [3, 1]


def fail(value):
    if value > 1:
        raise ValueError(value)
    return value


def take(value):
    with gate:
        return items[value]


def guarded(function):
    global m
    try:
        with lock:
            return function(n)
    except ValueError as error:
        m += 1
        return error.args[0]
    finally:
        m += 2


"""

ABOUT_SERVICES = """{}
{}
with lock: {}
time.sleep(0.01); {}
if lock.acquire(0): {}; lock.release()
gate.acquire(); {}
gate.release()""".splitlines()

SERVICES_HEAD = """import machine


def serve():
    global n, m
    while True:
        time.sleep(0.02)
        {serves}


def tick(timer):
    global n, m
    {tick}


"""

BESIDE_SERVICES = (
    "",
    "",
    "machine.Timer(-1).init(period=15, callback=tick, hard=True)",
    "machine.Timer(-1).init(mode=machine.Timer.ONE_SHOT, period=5, callback=tick, hard=True)",
)

# A service makes some turns more or less, according to what comes after the others' ends: so they do the same.
SERVES = ("n = 4", "m = n", "with lock: m = n", "if lock.acquire(0): m = 2; lock.release()", "gate.release() if gate.locked() else None")

ABOUT_PINS = """out.on()
out.off()
out.value(1); {}
out.value(not out.value()); {}
a = pin.value()
a = out.value()
line.disable()
line.enable()
pin.irq(None)
pin.irq(edge, machine.Pin.IRQ_RISING, hard=True)
state = machine.disable_irq(); out.value(not out.value()); {}; machine.enable_irq(state)
state = machine.disable_irq(); {}; machine.enable_irq(state)
{}""".splitlines()

PINS_HEAD = """import machine, pyb
out = machine.Pin("X2", machine.Pin.OUT)
pin = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)


def edge(source):
    global n, m
    {edge}


def on_line(source):
    global n, m
    {on_line}


line = pyb.ExtInt({where}, pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, on_line)
"""

IN_EDGES = ("n += 1", "m = n", "m += 1", "m += pin.value()", "n = out.value()", "if n: m += 1", "out.value(not out.value())")

ABOUT_MASKS = """machine.disable_irq()
machine.disable_irq(); {}
state = machine.disable_irq(); {}; machine.enable_irq(state)
state = machine.disable_irq(); a = others[n]; machine.enable_irq(state)
machine.enable_irq(True)
low.deinit()
high.deinit()
low.init(period=3, callback=tick, hard=True)
high.init(freq=100, callback=urgent)
{}""".splitlines()

MASKS_HEAD = """import machine, pyb
others = [2, 4]
low = machine.Timer(-1)
high = pyb.Timer(4)


def tick(timer):
    global n, m
    {tick}
    {tick_too}


def urgent(timer):
    global n, m
    {urgent}


"""

IN_TICKS = ("n += 1", "m = n", "m += 1", "if n: m += 1", "low.deinit()", "high.deinit()", "high.init(freq=1000, callback=urgent)", "m += others[0]")

ABOUT_WAKING = """micropython.schedule(call, 1); {}
micropython.schedule(call, 2)
time.sleep(0.01)
time.sleep(0.01); {}
time.sleep(0.02); {}
a = lock.acquire(1, 0.01)
if n > 1: {}
{}""".splitlines()

WAKING_HEAD = """import micropython


def call(way):
    global n, m
    {call}


"""

IN_CALLS = ("n = way", "m = n + way", "n += 1", "lock.release() if lock.locked() else None", "lock.acquire(0)")

ABOUT_MODULES = """store.count += 1
store.count = n
a = store.count
a = store.put(n)
store.put(store.count)
a = put(n)
items.append(n)
store.items = [n]
a = len(store.items)
a = store.box.value
box.value += 1
store.put = swap
del store.count
n += store.count
{}""".splitlines()

MODULES_HEAD = """import store
from store import box, items, put


def swap(value):
    store.count = value
    return value


"""

# What a program imports, by name.
MODULES = {
    "store": """count = 0
items = []


class Box:
    value = 1


box = Box()


def put(value):
    global count
    count += 1
    items.append(value)
    return count
"""
}

TAIL = """def end():
    for value in ({values}, lock.locked(), gate.locked(), seen):
        print(value)


heddle.at_end(end)
"""


class Maker:
    def __init__(self, seed, kind):
        self.random = random.Random(f"{kind} {seed}")
        self.kind = kind

    def simple(self):
        return self.random.choice(SIMPLE)

    def worker(self, number, statements):
        lines = [f"def work{number}():", "    global n, m", "    a = c = None", "    try:"]
        lines += [f"        {statement.replace('{}', self.simple())}" for statement in statements]
        lines += ["        pass", "    except Exception as error:", "        c = type(error).__name__", f"    seen[{number}] = (a, c)", "", ""]
        return lines

    def program(self, head, about, most, values="n, m", before=(), workers=None, main=False):
        workers = workers or self.random.choice((2, 2, 3))
        lines = ["", f"seen = [None] * {workers}", "", ""]
        for number in range(workers):
            count = self.random.randint(1, most if workers < 3 else max(1, most - 1))
            lines += self.worker(number, [self.random.choice(about) for _ in range(count)])
        lines += TAIL.format(values=values).splitlines()
        lines += before
        lines += [f"_thread.start_new_thread(work{number}, ())" for number in range(1 if main else 0, workers)]
        lines += ["work0()"] if main else []
        return HEAD + head + "\n".join(lines) + "\n"

    def timed(self):
        return self.program("", TIMED, 3)

    def threads(self):
        return self.program(THREADS_HEAD, ABOUT_THREADS, 2, "n, m, ids")

    def objects(self):
        values = "n, m, items, sorted(ages.items()), sorted(account.__dict__.items()), Account.rate, saver.sum, up()"
        return self.program(OBJECTS_HEAD, ABOUT_OBJECTS, 3, values)

    def errors(self):
        return self.program(ERRORS_HEAD, ABOUT_ERRORS, 3, "n, m, items")

    def services(self):
        head = SERVICES_HEAD.replace("{serves}", self.random.choice(SERVES))
        head = head.replace("{tick}", self.random.choice(("m += 1", "m = 1", "n += 1", "gate.release() if gate.locked() else None")))
        before = [self.random.choice(BESIDE_SERVICES), "_thread.start_new_thread(serve, ())"]
        return self.program(head, ABOUT_SERVICES, 2, before=before, workers=self.random.choice((1, 2)), main=True)

    def pins(self):
        head = PINS_HEAD.replace("{edge}", self.random.choice(IN_EDGES)).replace("{on_line}", self.random.choice(IN_EDGES))
        head = head.replace("{where}", self.random.choice(('"X2"', 'pyb.Pin("X5")', 'pyb.Pin("X2")')))
        armed = "pin.irq(edge, machine.Pin.IRQ_FALLING, hard=True)"
        values = "n, m, pin.value(), out.value()"
        before = [self.random.choice((armed, armed, ""))]
        return self.program(head, ABOUT_PINS, 3, values, before=before, workers=self.random.choice((1, 1, 2)), main=True)

    def masks(self):
        head = MASKS_HEAD
        for name in ("{tick}", "{tick_too}", "{urgent}"):
            head = head.replace(name, self.random.choice(IN_TICKS))
        before = ["low.init(period=2, callback=tick, hard=True)", self.random.choice(("high.init(freq=1000, callback=urgent)", "", ""))]
        return self.program(head, ABOUT_MASKS, 2, before=before, workers=self.random.choice((1, 1, 2)), main=True)

    def waking(self):
        head = WAKING_HEAD.replace("{call}", self.random.choice(IN_CALLS))
        return self.program(head, ABOUT_WAKING, 3, workers=2, main=self.random.random() < 0.5)

    def modules(self):
        return self.program(MODULES_HEAD, ABOUT_MODULES, 3, "n, m, getattr(store, 'count', None), store.items, items, box.value")


KINDS = ("timed", "threads", "objects", "errors", "services", "pins", "masks", "waking", "modules")


def random_program(seed, kind):
    return getattr(Maker(seed, kind), kind)()
