#!/usr/bin/env python3
"""What a hard handler is told that needs the heap: the construct and the cure, for each way to need it."""

import re
import subprocess
import unittest
from pathlib import Path

from heddle import HEDDLE

HERE = Path(__file__).resolve().parent


def expected_words():
    """From the table of explain_cases.py, whose functions only MicroPython can load."""
    text = (HERE / "explain_cases.py").read_text()
    table = text[text.index("\nCASES = [") :]
    return dict(re.findall(r'^    \("(\w+)", \w+, "([^"]+)"\),$', table, re.MULTILINE))


class Explanations(unittest.TestCase):
    def test_every_case_is_explained(self):
        run = subprocess.run([HEDDLE, HERE / "explain_run.py"], cwd=HERE, capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 0, run.stderr)
        told = dict(part.split("\n", 1) for part in run.stderr.split("CASE ")[1:])
        words = expected_words()
        self.assertGreater(len(words), 90)
        for name, output in told.items():
            with self.subTest(name):
                lines = [line for line in output.splitlines() if line.startswith("heddle: ")]
                if name not in words:
                    self.assertEqual(output, "")
                    continue
                self.assertIn("MemoryError: memory allocation failed, heap is locked", output)
                self.assertEqual(len(lines), 1, output)
                self.assertRegex(lines[0], r"^heddle: (\S*explain_cases\.py|<string>), line \d+, in \S+: ")
                for word in words[name].lower().split():
                    self.assertIn(word, lines[0].lower())
        self.assertLessEqual(set(words), set(told))


if __name__ == "__main__":
    unittest.main()
