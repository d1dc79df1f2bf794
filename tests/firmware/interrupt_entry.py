#!/usr/bin/env python3
"""How many instructions pass from a timer's interrupt to the interpreter that runs its hard handler: QEMU logs each. As a
program it prints that of all boards, or of those that it is given.
"""

import os
import subprocess
import sys
import tempfile

from board import TARGETS, Board, blob_of

SCRIPT = b"""
from machine import Timer
count = 0
def tick(_):
    global count
    count += 1
timer = Timer(-1)
timer.init(tick_hz=1000000, period=500, callback=tick, hard=True)
while count < 10:
    pass
timer.deinit()
"""

LIMIT_S = 120

# Where the core enters the handler, by the architecture.
ENTRIES = {"arm-none-eabi-": "handle_interrupt", "riscv64-unknown-elf-": "heddle_rv32_entry"}
ALARM = "ring"
INTERPRETER = "mp_execute_bytecode"


def address_of(board, name):
    for line in board.tool("nm", str(board.image)).splitlines():
        address, _, symbol = line.split()[-3:]
        if symbol == name or f"{len(name)}{name}" in symbol and symbol.startswith("_Z"):
            return int(address, 16) & ~1
    raise KeyError(name)


def instructions(board, folder):
    """The address of each that runs."""
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


def entries_in(addresses, entry, alarm, interpreter):
    """Of each interrupt in which the alarm rang and Python ran."""
    found = []
    since = rang = None
    for address in addresses:
        if address == entry:
            since, rang = 0, False
        elif since is not None:
            since += 1
            rang = rang or address == alarm
            if rang and address == interpreter:
                found.append(since)
                since = None
    return found


def measure(board):
    """The median."""
    entry = ENTRIES[board.values["CROSS_COMPILE"]]
    marks = [address_of(board, name) for name in (entry, ALARM, INTERPRETER)]
    with tempfile.TemporaryDirectory(prefix="heddle-entry-") as folder:
        found = sorted(entries_in(instructions(board, folder), *marks))
    return found[len(found) // 2]


def main(targets):
    for target in targets or TARGETS:
        print(f"{target:<16} {measure(Board(target)):>5} instructions")


if __name__ == "__main__":
    main(sys.argv[1:])
