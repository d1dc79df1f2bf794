"""Programs by chance in which interrupts, threads and scheduled calls meet, a mix each."""

from themed_programs import ABOUT_THREADS, THREADS_HEAD
from themed_programs import Maker as ThemedMaker

BOARD_HEAD = """import machine, micropython, mutex, pyb
guard = mutex.Mutex()
timer = machine.Timer(-1)
other = pyb.Timer(4)


def call(value):
    global n, m
    {call}


def call_again(value):
    global n, m
    {call_again}


def tick(source):
    global n, m
    {tick}


def tick_too(source):
    global n, m
    {tick_too}


"""

# Timers that handlers and threads set up anew, and stop.
ARMED = (
    "timer.init(period=2, callback=tick, hard=True)",
    "timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)",
    "timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick)",
    "other.init(freq=1000, callback=tick_too)",
)

IN_TICKS = (
    "n += 1",
    "m = n",
    "if n: m += 1",
    "timer.deinit()",
    "timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)",
    "timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick_too, hard=True)",
    "timer.init(period=2, callback=tick_too, hard=True)",
    "other.deinit()",
)

ABOUT_TIMERS = (
    "timer.deinit()",
    "timer.deinit(); {}",
    "timer.init(period=2, callback=tick_too, hard=True)",
    "timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)",
    "other.init(freq=1000, callback=tick_too)",
    "other.deinit()",
    "with lock: {}",
    "{}",
    "{}",
)

# A mutex between threads and handlers.
ABOUT_MUTEXES = (
    "with guard: {}",
    "with guard: {}",
    "if guard.test(): {}; guard.release()",
    "if guard.test(): {}",
    "guard.release()",
    "with guard, lock: {}",
    "with lock: a = guard.test()",
    "{}",
)

IN_MUTEX_TICKS = (
    "if guard.test(): n += 1; guard.release()",
    "if guard.test(): m = n",
    "if not guard.test(): guard.release()",
    "guard.release() if n > 1 else None",
    "m += 1",
    "if lock.locked(): m = 7",
)

# Calls that schedule calls, from handlers and threads, which raise and sleep.
ABOUT_CALLS = (
    "micropython.schedule(call, 1)",
    "micropython.schedule(call_again, 2)",
    "time.sleep(0.01); {}",
    "with lock: {}",
    "if n > 1: raise ValueError(n)",
    "gate.acquire(); {}",
    "for _ in range(2): {}",
    "{}",
    "{}",
)

IN_CALLS = (
    "n += value",
    "m = n",
    "if n < 3: n += 1; micropython.schedule(call_again, 1)",
    "gate.release() if gate.locked() else None",
    "if lock.acquire(0): m += 1; lock.release()",
    "m += 1",
)

IN_SOFT_TICKS = ("n += 1", "micropython.schedule(call, 1)", "m = n", "gate.release() if gate.locked() else None")

# One thread drives pins, another one looks at them.
ABOUT_LINES = (
    "out.on(); {}",
    "out.off()",
    "out.value(not out.value())",
    "a = out.value()",
    "if out.value(): {}",
    "out.irq(tick, machine.Pin.IRQ_RISING, hard=True)",
    "out.irq(None)",
    "state = machine.disable_irq(); out.value(not out.value()); {}; machine.enable_irq(state)",
    "a = pin.value()",
    "with lock: out.value(1)",
    "{}",
)

LINES_HEAD = """out = machine.Pin("X2", machine.Pin.OUT)
pin = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)


"""

IN_LINE_TICKS = ("n += 1", "m = out.value()", "out.value(0)", "out.value(not out.value())", "m += n", "m += pin.value()")

# Where there is one core for threads.
ABOUT_CORE = (
    *ABOUT_THREADS,
    "_thread.start_new_thread(leaving, ())",
    "a = _thread.start_new_thread(child, (2,))",
    "while m == 0: pass",
)

# A board whose interrupt thread calls handlers, which may wait as any thread may.
POSTED_HEAD = """from machine import Pin, Timer
pin = Pin("P9", mode=Pin.IN, pull=Pin.PULL_UP)


def tick(source):
    global n, m
    {tick}
    {tick_too}


def edge(source):
    global n, m
    {edge}


"""

POSTING = (
    "alarm = Timer.Alarm(tick, ms=10, periodic=True)",
    "alarm = Timer.Alarm(tick, ms=10)",
    "alarm = Timer.Alarm(tick, ms=10); pin.callback(Pin.IRQ_FALLING, edge)",
)

IN_POSTED = (
    "n += 1",
    "m = n",
    "with lock: n += 1",
    "if lock.acquire(0): m = n; lock.release()",
    "gate.release() if gate.locked() else None",
    "source.cancel() if source is not pin else None",
    "m = 1 // (n - 2)",
    "pass",
)

ABOUT_POSTED = (
    "with lock: {}",
    "alarm.cancel()",
    "gate.acquire(); {}",
    "time.sleep(0.02); {}",
    "pin.callback(Pin.IRQ_FALLING, edge)",
    "pin.callback(Pin.IRQ_FALLING, None)",
    "alarm.callback(edge)",
    "{}",
    "{}",
)

# Handlers that fail, whose timers the board stops.
IN_FAILING = ("n += 1", "others[n] = 1", "m = 1 // (n - 2)", "m = others[n]", "guard.release()", "m += 1", "pass")

ABOUT_FAILING = (
    "guard.test(); {}",
    "n = 2",
    "timer.deinit()",
    "state = machine.disable_irq(); {}; machine.enable_irq(state)",
    "if guard.test(): {}; guard.release()",
    "with lock: n = 0",
    "timer.init(period=2, callback=tick_too, hard=True)",
    "{}",
)


class Maker(ThemedMaker):
    def head(self, ticks, calls=("pass",)):
        head = BOARD_HEAD
        for name, statements in (("{call}", calls), ("{call_again}", calls), ("{tick}", ticks), ("{tick_too}", ticks)):
            head = head.replace(name, self.random.choice(statements))
        return head

    def timers(self):
        before = [self.random.choice(ARMED)]
        return self.program(self.head(IN_TICKS), ABOUT_TIMERS, 2, before=before, workers=self.random.choice((1, 2)), main=True)

    def mutexes(self):
        before = [self.random.choice((ARMED[0], ARMED[1], ARMED[3], ""))]
        return self.program(self.head(IN_MUTEX_TICKS), ABOUT_MUTEXES, 2, before=before, workers=self.random.choice((1, 2, 2)), main=True)

    def calls(self):
        before = [self.random.choice(("", "", ARMED[2], ARMED[1]))]
        workers, main = self.random.choice(((1, True), (1, False), (2, True)))
        return self.program(self.head(IN_SOFT_TICKS, IN_CALLS), ABOUT_CALLS, 2, before=before, workers=workers, main=main)

    def lines(self):
        armed = "pin.irq(tick_too, machine.Pin.IRQ_FALLING, hard=True)"
        before = [self.random.choice(("", "out.irq(tick, machine.Pin.IRQ_RISING, hard=True)")), self.random.choice(("", "", armed))]
        return self.program(self.head(IN_LINE_TICKS) + LINES_HEAD, ABOUT_LINES, 2, before=before, workers=self.random.choice((1, 2, 2)), main=True)

    def core(self):
        head = THREADS_HEAD.replace("raise ValueError(n)", "_thread.exit()")
        return self.program(head, ABOUT_CORE, 3, workers=self.random.choice((1, 2)), main=True)

    def posted(self):
        head = POSTED_HEAD
        for name in ("{tick}", "{tick_too}", "{edge}"):
            head = head.replace(name, self.random.choice(IN_POSTED))
        before = [self.random.choice(POSTING)]
        return self.program(head, ABOUT_POSTED, self.random.choice((1, 2)), before=before, workers=self.random.choice((1, 1, 2)), main=True)

    def failing(self):
        before = [self.random.choice((*ARMED[:2], f"{ARMED[0]}; {ARMED[3]}"))]
        return self.program("others = [1, 2]\n" + self.head(IN_FAILING), ABOUT_FAILING, 2, before=before, workers=self.random.choice((1, 2)), main=True)


KINDS = ("timers", "mutexes", "calls", "lines", "core", "posted", "failing")


def random_program(seed, kind):
    return getattr(Maker(seed, kind), kind)()
