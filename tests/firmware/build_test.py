#!/usr/bin/env python3
"""firmware/build from outside: what it says when it cannot build. Images that it builds have tests of their own."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from board import FIRMWARE, TARGETS, Board

LIMIT_S = 60

# Its own tools and no compiler of any board.
TOOLS = ("bash", "cat", "dirname", "env", "ls", "make", "paste", "sed", "tr")


class BuildTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="heddle-build-")
        self.addCleanup(self.folder.cleanup)

    def build(self, *words, **environment):
        ended = subprocess.run([FIRMWARE / "build", *words], env=os.environ | environment, capture_output=True, text=True,
                               stdin=subprocess.DEVNULL, timeout=LIMIT_S)  # fmt: skip
        return ended.returncode, ended.stdout, ended.stderr

    def check_refused(self, outcome, *parts):
        status, out, err = outcome
        self.assertEqual((2, ""), (status, out), err)
        self.assertEqual(1, err.count("\n"), err)
        for part in parts:
            self.assertIn(part, err)

    def test_an_unknown_target(self):
        for name in ("nope", "../boards", "mps2-an385/.."):
            self.check_refused(self.build(name), f"no target '{name}'", " ".join(TARGETS))

    def test_a_missing_compiler(self):
        for name in TOOLS:
            os.symlink(shutil.which(name), Path(self.folder.name) / name)
        for target in TARGETS:
            compiler = Board(target, image="none").values["CROSS_COMPILE"] + "gcc"
            outcome = self.build(target, PATH=self.folder.name)
            self.check_refused(outcome, f"no {compiler}; tools/setup --firmware installs")

    def test_wrong_words(self):
        for words in ((), ("mps2-an385", "one", "two")):
            status, out, err = self.build(*words)
            self.assertEqual((2, ""), (status, out))
            self.assertIn("usage: firmware/build TARGET [OUTPUT]", err)


if __name__ == "__main__":
    unittest.main()
