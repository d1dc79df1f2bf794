"""What Heddle's modules take, as docs/firmware.md has it: bytes, from the linker's map; instructions, counted as QEMU logs
each that runs.
"""

import os
import re
import subprocess
import tempfile

import ports
from board import ROOT, TARGETS, Board, blob_of

DOCUMENT = ROOT / "docs/firmware.md"

LIMIT_S = 120

SCRIPT = b"""
import _thread, mutex, time
from machine import Timer

m = mutex.Mutex()
lock = _thread.allocate_lock()
for _ in range(20):
    m.test()
    m.release()
    with m:
        pass
    lock.acquire()
    lock.release()
    with lock:
        pass

# Threads that hand over to each other, and that ticks wake.
ended = []
def work(milliseconds):
    for _ in range(8):
        with lock:
            time.sleep_ms(milliseconds)
    ended.append(milliseconds)
for milliseconds in (0, 1, 0):
    _thread.start_new_thread(work, (milliseconds,))
while len(ended) < 3:
    time.sleep_ms(1)

count = 0
def tick(_):
    global count
    count += 1
timer = Timer(-1)
timer.init(tick_hz=1000000, period=500, callback=tick, hard=True)
while count < 10:
    time.sleep_ms(1)
timer.deinit()
"""

# What the rows count: a function, from its first instruction to its return.
FUNCTIONS = {
    "`mutex`: `test()`": "heddle_mutex_test",
    "`mutex`: `release()`": "heddle_mutex_release",
    "`mutex`: `with`, its beginning": "heddle_mutex_enter",
    "`_thread`: `acquire()`": "heddle_lock_acquire",
    "`_thread`: `release()`": "heddle_lock_release",
}
SWITCH = "a switch, at most"
HANDLER = "an interrupt, until its hard handler's first bytecode, at least"

# By the architecture: what saves and loads a thread's registers; where a device's interrupt begins.
MARKS = {
    "cortex_m": ("heddle_cortex_m_switch", "handle_interrupt"),
    "rv32": ("heddle_rv32_switch", "heddle_rv32_entry"),
}
ALARM = "ring"
INTERPRETER = "mp_execute_bytecode"

# Flash and RAM by module: patterns of the objects' names, of which the first that fits counts.
MODULES = {
    "`mutex`": r"src/mpy/mutex_\w+",
    "`_thread` with its kernel":
        r"src/mpy/(lock|thread_module|thread_tables|events|wait|holder)|firmware/image/(kernel|threads)|src/port/.*",
    "`machine.Timer`, hard handlers, `heddle.board`": r"src/mpy/.*|firmware/devices/.*",
    "`time`, the serial line": r"firmware/image/hal|extmod/modtime",
    "start, faults, scripts from memory": r"firmware/image/.*",
}  # fmt: skip
HANDLERS_STACK = "the handlers' stack"

IN_FLASH = ("text", "rodata", "srodata", "data", "sdata")
IN_RAM = ("data", "sdata", "bss", "sbss")

PLACED = re.compile(r"^ \.(\w+)(\S*)\s+0x[0-9a-f]+\s+0x([0-9a-f]+) (\S+)\.o$", re.M)
INSTRUCTION = re.compile(r"^ *([0-9a-f]+):\t([0-9a-f ]+?) *\t(\S+)\t?(.*)$", re.M)


def architecture_of(board):
    return "rv32" if "riscv" in board.values["CROSS_COMPILE"] else "cortex_m"


# ---- bytes


def module_of(object_name, section):
    if "handler_stack" in section:
        return HANDLERS_STACK
    return next((module for module, pattern in MODULES.items() if re.fullmatch(pattern, object_name)), None)


def sizes(board):
    """Bytes of flash and of RAM by module, as the linker placed them."""
    placed = board.image.with_suffix(".map").read_text().split("Linker script and memory map")[1]
    taken = {module: [0, 0] for module in (*MODULES, HANDLERS_STACK)}
    for kind, section, size, path in PLACED.findall(placed):
        module = module_of(path.removeprefix(f"{board.image.parent}/"), section)
        if module is not None:
            taken[module][0] += int(size, 16) * (kind in IN_FLASH)
            taken[module][1] += int(size, 16) * (kind in IN_RAM)
    return taken


# ---- instructions


class Code:
    """The image's code, by address."""

    def __init__(self, board):
        self.symbols = board.tool("nm", str(board.image)).splitlines()
        self.listing = board.tool("objdump", "-d", str(board.image))
        self.returns = {}  # by the address of a call
        for address, raw, name, operands in INSTRUCTION.findall(self.listing):
            if name in ("bl", "blx") or name in ("jal", "jalr") and not operands.startswith(("t0", "zero")):
                self.returns[int(address, 16)] = int(address, 16) + len(raw.replace(" ", "")) // 2

    def address(self, name):
        """Of a function, whatever its namespace."""
        for line in self.symbols:
            address, _, symbol = line.split()[-3:]
            if symbol == name or re.match(rf"_ZN\w*{len(name)}{name}E", symbol):
                return int(address, 16) & ~1
        raise KeyError(name)

    def last_address(self, name):
        """Of the function's last instruction."""
        body = self.listing.split(f"<{name}>:\n")[1].split("\n\n")[0]
        return int(INSTRUCTION.findall(body)[-1][0], 16)


def trace(board, folder):
    """The address of each instruction that runs."""
    blob, log = os.path.join(folder, "blob"), os.path.join(folder, "log")
    with open(blob, "wb") as file:
        file.write(blob_of(SCRIPT, ("script.py",)))
    os.mkfifo(log)
    loader = f"loader,file={blob},addr={board.values['SCRIPT_ADDRESS']},force-raw=on"
    options = ("-device", loader, "-icount", "shift=4,sleep=off", "-singlestep", "-d", "exec,nochain", "-D", log)
    command = ["timeout", str(LIMIT_S), *board.command(*options)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        with open(log) as lines:
            for line in lines:
                if line.startswith("Trace"):
                    yield int(line.split("/")[1], 16)
        if process.wait() != 0:
            raise RuntimeError(f"{board.target} ended with {process.returncode}")


class Calls:
    """How many instructions each call of one function takes."""

    def __init__(self, first):
        self.first = first
        self.begun = self.depth = None
        self.found = []

    def see(self, position, _, depth):
        self.begun, self.depth = position, depth

    def see_return(self, position, depth):
        if self.begun is not None and depth < self.depth:
            self.found.append(position - self.begun)
            self.begun = None


class Passages:
    """How many instructions lie from the last `first` to `last`, both of them included, if it comes by `between`."""

    def __init__(self, first, between, last):
        self.first, self.between, self.last = first, between, last
        self.begun = self.passed = None
        self.found = []

    def see(self, position, address, _):
        if address == self.first:
            self.begun, self.passed = position, False
        elif address == self.between:
            self.passed = self.begun is not None
        if address == self.last and self.begun is not None and (self.passed or self.first == self.between):
            self.found.append(position - self.begun + 1)
            self.begun = None


def watch(addresses, returns, watchers):
    """Shows the run to each of the watchers that has something to see at an address."""
    watched = {}
    for watcher in watchers:
        for address in (watcher.first, getattr(watcher, "between", None), getattr(watcher, "last", None)):
            watched.setdefault(address, []).append(watcher)
    calls = [watcher for watcher in watchers if isinstance(watcher, Calls)]
    open_returns = [None]
    for position, address in enumerate(addresses):
        if address == open_returns[-1]:
            open_returns.pop()
            for watcher in calls:
                watcher.see_return(position, len(open_returns))
        for watcher in watched.get(address, ()):
            watcher.see(position, address, len(open_returns))
        if address in returns:
            open_returns.append(returns[address])


def instructions(board):
    """By row, how many run."""
    code = Code(board)
    switch, interrupt = MARKS[architecture_of(board)]
    first_of_switch, last_of_switch = code.address(switch), code.last_address(switch)
    alarm, interpreter = code.address(ALARM), code.address(INTERPRETER)
    functions = {row: Calls(code.address(name)) for row, name in FUNCTIONS.items()}
    switches = Passages(first_of_switch, first_of_switch, last_of_switch)
    handlers = Passages(code.address(interrupt), alarm, interpreter)
    with tempfile.TemporaryDirectory(prefix="heddle-trace-") as folder:
        watch(trace(board, folder), code.returns, [*functions.values(), switches, handlers])
    counts = {row: min(calls.found) for row, calls in functions.items()}
    # Those before the interpreter's first.
    return counts | {
        SWITCH: max(switches.found),
        HANDLER: min(handlers.found) - 1,
    }


# ---- the tables of the documents: a column for each target

BYTES = "bytes of flash, of RAM: "
INSTRUCTIONS = "instructions: "


def column_of(taken, counts):
    """What an image takes, of its sizes() and instructions()."""
    rows = {f"{BYTES}{module}": f"{flash:,}, {ram:,}" for module, (flash, ram) in taken.items()}
    return rows | {f"{INSTRUCTIONS}{row}": str(count) for row, count in counts.items()}


def user_module_column(board, image):
    """What `mutex` takes in MicroPython's own image of a board. Its functions as they are written down, but for the jump to
    where an unlocked mutex is reported, which does not run where release() does what it should.
    """
    flash, ram = board.own_sizes(image)
    rows = {f"{BYTES}`mutex`": f"{flash:,}, {ram:,}"}
    for method in ("test", "release"):
        written = board.instructions(image, f"heddle_mutex_{method}")
        counted = [name for name, operands in written if "raise_unlocked" not in operands]
        rows[f"{INSTRUCTIONS}`mutex`: `{method}()`"] = str(len(counted))
    return rows


def table(columns):
    """In Markdown, of columns by target."""
    rows = list(next(iter(columns.values())))
    yield "| | " + " | ".join(f"`{target}`" for target in columns) + " |"
    yield "|---|" + "---|" * len(columns)
    for row in rows:
        yield f"| {row} | " + " | ".join(values[row] for values in columns.values()) + " |"


def image_table():
    boards = {target: Board(target) for target in TARGETS}
    return list(table({target: column_of(sizes(board), instructions(board)) for target, board in boards.items()}))


def user_module_table(builds):
    boards = ports.BOARDS.items()
    return list(table({name: user_module_column(board, board.image(builds / name)) for name, board in boards}))


def documented(number, target):
    """A target's column in the document's table of that number: 0 is of images, 1 of the user module."""
    tables = re.findall(r"^\| \| `.*(?:\n\|.*)+", DOCUMENT.read_text(), re.M)
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in tables[number].split("\n")]
    of_target = cells[0].index(f"`{target}`")
    return {line[0]: line[of_target] for line in cells[2:]}
