#!/usr/bin/env python3
"""Which writes update what was read before: what scripts of this folder say after "#:", against what is followed.

An expectation is "update" or "apart", or both where the line runs more than once. Each case has a place of its own,
which the script has written once before. Lines without an expectation are not looked at.
"""

import os
import subprocess
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIST_UPDATES = os.environ.get("LIST_UPDATES", HERE.parents[1] / "build/tests/updates/list_updates")
LIMIT_S = 20

sys.path.insert(0, str(HERE.parent / "accesses"))

from accesses_test import accesses_by_line, expectations


class Writes(unittest.TestCase):
    def check(self, path):
        outcome = subprocess.run([LIST_UPDATES, path], capture_output=True, text=True, timeout=LIMIT_S)
        self.assertEqual(outcome.returncode, 0, outcome.stderr[-1000:])
        found = accesses_by_line(outcome)
        expected = list(expectations(path.read_text()))
        self.assertTrue(expected)
        for number, code, words in expected:
            with self.subTest(f"{path.name}:{number}: {code.strip()}"):
                self.assertEqual(found[number], words)


def add_script(path):
    setattr(Writes, f"test_{path.stem}", lambda self: self.check(path))


for script in sorted(HERE.glob("*.py")):
    if script.name != Path(__file__).name:
        add_script(script)


if __name__ == "__main__":
    unittest.main()
