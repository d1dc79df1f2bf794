#!/usr/bin/env python3
"""A debugger on the board HEDDLE_TARGET, through `heddle board run --gdb`, with the command that it says."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

from board import ROOT, Board

TARGET = os.environ.get("HEDDLE_TARGET", "mps2-an385")
HEDDLE = os.path.abspath(os.environ.get("HEDDLE", ROOT / "build/heddle"))

SCRIPT = """
import mutex
m = mutex.Mutex()
print("before")
m.test()
m.release()
print("after")
"""

LIMIT_S = 60

# Without questions and colours, and nothing of the user's own.
GDB_OPTIONS = ["-nx", "-batch", "-ex", "set width 0"]


class DebuggerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.board = Board(TARGET)

    def setUp(self):
        if shutil.which("gdb-multiarch") is None:
            self.fail("gdb-multiarch is missing; tools/setup --firmware installs it")
        folder = tempfile.TemporaryDirectory(prefix="heddle-debugger-")
        self.addCleanup(folder.cleanup)
        script = Path(folder.name) / "script.py"
        script.write_text(SCRIPT)
        self.heddle = subprocess.Popen([HEDDLE, "board", "run", "--target", TARGET, "--image", self.board.image, "--gdb",
                                        script], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True)  # fmt: skip
        self.addCleanup(self.end)

    def end(self):
        if self.heddle.poll() is None:
            self.heddle.send_signal(signal.SIGTERM)
        try:
            self.heddle.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            self.heddle.kill()
            raise

    def debug(self, *commands):
        """What gdb says, of the commands after the one that connects it."""
        said = self.heddle.stderr.readline()
        self.assertRegex(said, r"^heddle: the board waits for: gdb-multiarch ")
        program, *words = shlex.split(said.partition("waits for: ")[2])
        connect = words.index("-ex")
        image = [word for i, word in enumerate(words) if i not in (connect, connect + 1)]
        more = [part for command in commands for part in ("-ex", command)]
        ended = subprocess.run([program, *GDB_OPTIONS, *image, "-ex", words[connect + 1], *more],
                               stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT_S)  # fmt: skip
        self.assertEqual(0, ended.returncode, ended.stdout + ended.stderr)
        return ended.stdout

    def test_a_breakpoint_with_its_backtrace(self):
        # A breakpoint that stays can stop the board twice at one place, if an interrupt comes between.
        said = self.debug("tbreak heddle_mutex_test", "continue", "backtrace", "finish", "detach")
        frames = re.findall(r"^#\d+ .*?(\w+) \(.* at (\S+):\d+$", said, re.M)
        # Its first line may be of a function that is inline in it.
        self.assertIn("heddle_mutex_test", [function for function, _ in frames[:3]], said)
        self.assertTrue(frames[0][1].startswith(f"{ROOT}/src/"), said)
        for function, file in (("mp_execute_bytecode", "py/vm.c"), ("compile_and_run", "firmware/image/script.cpp")):
            self.assertTrue(any(name == function and path.endswith(file) for name, path in frames), said)
        # It took the mutex.
        self.assertRegex(said, r"Value returned is \$1 = .*0x1e\b")
        # The board goes on, and to its end.
        out, _ = self.heddle.communicate(timeout=LIMIT_S)
        self.assertEqual((0, "before\nafter\n"), (self.heddle.returncode, out))

    def test_a_board_without_a_debugger_waits(self):
        self.heddle.stderr.readline()
        with self.assertRaises(subprocess.TimeoutExpired):
            self.heddle.wait(1)


if __name__ == "__main__":
    unittest.main()
