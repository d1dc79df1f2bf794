#!/usr/bin/env python3
"""Interrupts of hardware on the board HEDDLE_TARGET, through `heddle board run`: real timers, handlers in Python, the mutex."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import NamedTuple

from board import ROOT, Board

TARGET = os.environ.get("HEDDLE_TARGET", "mps2-an385")
HEDDLE = os.path.abspath(os.environ.get("HEDDLE", ROOT / "build/heddle"))

SCRIPTS = Path(__file__).resolve().parent / "scripts"

INTERRUPTS = 100_000  # with the mutex, and as many without

LIMIT_S = 120


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


class InterruptsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.board = Board(TARGET)

    def run_script(self, path, *arguments, limit_s=LIMIT_S, icount=True, environment=()):
        """The words after `heddle board run`, but for those that are the same each time."""
        options = ["--target", TARGET, "--image", self.board.image, "--time-limit", str(limit_s)]
        options += ["--icount"] if icount else []
        ended = subprocess.run(
            [HEDDLE, "board", "run", *options, path, *map(str, arguments)],
            env=os.environ | dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=2 * LIMIT_S,
        )
        return Outcome(ended.returncode, ended.stdout, ended.stderr)

    def check_ok(self, outcome):
        self.assertEqual((0, ""), (outcome.status, outcome.err), outcome.out)
        self.assertEqual("ok", outcome.out.split("\n")[-2].split()[0], outcome.out)

    def test_records_are_torn_only_without_a_mutex(self):
        """M5, M9, M10: the script asserts that each interrupt is counted once."""
        outcome = self.run_script(SCRIPTS / "torn_records.py", INTERRUPTS)
        self.check_ok(outcome)
        torn = [int(number) for number in re.findall(r"^torn (\d+) of", outcome.out, re.M)]
        self.assertEqual(2, len(torn), outcome.out)
        self.assertGreater(torn[0], 100)
        self.assertEqual(0, torn[1])
        self.assertRegex(outcome.out, rf"Guarded fired {INTERRUPTS} updated \d{{4,}} deferred \d{{4,}}\n")

    def test_counted_instructions_make_two_runs_the_same(self):
        first, second = (self.run_script(SCRIPTS / "torn_records.py", 3000) for _ in range(2))
        self.check_ok(first)
        self.assertEqual(first, second)

    def test_timers(self):
        """M5, M6, and what machine.Timer promises."""
        outcome = self.run_script(SCRIPTS / "timers.py", TARGET)
        self.check_ok(outcome)
        self.assertEqual(1, outcome.out.count("Uncaught exception in IRQ callback handler"), outcome.out)
        self.assertRegex(outcome.out, r'File ".*timers\.py", line \d+, in divide\nZeroDivisionError: divide by zero\n')

    def test_a_soft_reset_stops_timers(self):
        outcome = self.run_script(SCRIPTS / "soft_reset.py")
        self.check_ok(outcome)
        self.assertEqual(["reset", "MPY: soft reboot", "ok"], outcome.out.split("\n")[:-1])

    def test_scripts_of_the_desktop(self):
        """Those for boards with the same Python interface, unchanged (M5, M6)."""
        for name in ("one_shot", "hard_handler", "soft_handler"):
            with self.subTest(name):
                self.check_ok(self.run_script(ROOT / f"tests/boards/{name}.py"))

    def test_interrupts_need_no_counted_instructions(self):
        """Time as it passes here: the counts differ from run to run, what is asserted does not."""
        self.check_ok(self.run_script(SCRIPTS / "torn_records.py", 2000, icount=False))

    def test_a_board_that_hangs(self):
        outcome = self.run_script(SCRIPTS / "hang.py", limit_s=2)
        self.assertEqual(124, outcome.status)
        self.assertEqual("started\n", outcome.out)
        self.assertRegex(outcome.err, r"\A[^\n]*has not ended within 2 s\n\Z")

    def test_a_script_that_is_too_large(self):
        room = int(self.board.values["SCRIPT_ROOM"])
        with tempfile.NamedTemporaryFile(suffix=".py") as script:
            script.truncate(room)
            outcome = self.run_script(script.name)
        self.assertEqual((2, ""), (outcome.status, outcome.out))
        self.assertRegex(outcome.err, rf"\A[^\n]* too large for {TARGET}: \d+ bytes[^\n]* room for {room}\n\Z")

    def test_a_missing_emulator(self):
        outcome = self.run_script(SCRIPTS / "status.py", environment={"PATH": ""})
        self.assertEqual((2, ""), (outcome.status, outcome.out))
        emulator = self.board.values["EMULATOR"]
        self.assertRegex(outcome.err, rf"\A[^\n]*{emulator} is missing, [^\n]*tools/setup --firmware[^\n]*\n\Z")

    def test_periods_that_are_shorter_than_handlers(self):
        """The script asserts that the program goes on between any two handlers, and that each deadline is counted."""
        self.check_ok(self.run_script(SCRIPTS / "short_period.py"))

    def test_the_clock_goes_on_while_interrupts_are_disabled(self):
        self.check_ok(self.run_script(SCRIPTS / "masked_clock.py"))

    def test_arguments_and_status(self):
        outcome = self.run_script(SCRIPTS / "status.py", "--icount", "7")
        self.assertEqual((7, "['--icount', '7']\n", ""), outcome)


if __name__ == "__main__":
    unittest.main()
