#!/usr/bin/env python3
"""Which shared places opcodes touch: what scripts of this folder say after "#:", against what the decoder lists.

An expectation is a list of accesses, in any order; "#: nothing" says that there are none. Lines without one are
not looked at. Reads of global variables, and what the dict of globals as a whole goes through, are left out unless
the script begins with "# every access".
"""

import os
import re
import subprocess
import unittest
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIST_ACCESSES = os.environ.get("LIST_ACCESSES", HERE.parents[1] / "build/tests/accesses/list_accesses")
LIMIT_S = 20

PLAIN = re.compile(r"read \w+$|\w+ the (items|size) of the globals$")
BOARD = re.compile(r"^# board: (\w+)$", re.MULTILINE)


def run(*words):
    environment = {**os.environ, "MICROPYPATH": str(HERE / "modules")}
    return subprocess.run([LIST_ACCESSES, *map(str, words)], env=environment, capture_output=True, text=True, timeout=LIMIT_S)


def expectations(text):
    for number, line in enumerate(text.splitlines(), 1):
        code, mark, accesses = line.partition("#: ")
        if mark:
            yield number, code, set() if accesses == "nothing" else set(accesses.split(", "))


def accesses_by_line(outcome):
    found = defaultdict(set)
    for line in outcome.stderr.splitlines():
        number, access = line.split(" ", 1)
        found[int(number)].add(access)
    return found


class Opcodes(unittest.TestCase):
    def check(self, path):
        text = path.read_text()
        board = BOARD.search(text)
        outcome = run(path, *board.groups()) if board else run(path)
        self.assertEqual(outcome.returncode, 0, outcome.stderr[-1000:])
        found = accesses_by_line(outcome)
        for number, code, expected in expectations(text):
            listed = found[number]
            if not text.startswith("# every access"):
                listed = {access for access in listed if not PLAIN.match(access)}
            with self.subTest(f"{path.name}:{number}: {code.strip()}"):
                self.assertEqual(listed, expected)


def add_script(path):
    setattr(Opcodes, f"test_{path.stem}", lambda self: self.check(path))


for script in sorted(HERE.glob("*.py")):
    if script.name != Path(__file__).name:
        add_script(script)


class Table(unittest.TestCase):
    def test_it_has_every_builtin_function(self):
        outcome = run("--lacking")
        self.assertEqual((outcome.stdout, outcome.stderr), ("", ""))


if __name__ == "__main__":
    unittest.main()
