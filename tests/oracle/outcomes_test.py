#!/usr/bin/env python3
"""What the search of all executions comes to, against all interleavings of the same steps and against walks by chance.

The programs are those in `programs/`, and random ones; HEDDLE_SEEDS says how many of each kind, from seed
HEDDLE_FIRST_SEED on.
"""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import mixed_programs
import random_program
import themed_programs

COMPARE_OUTCOMES = os.environ.get("COMPARE_OUTCOMES", Path(__file__).resolve().parents[2] / "build/tests/oracle/compare_outcomes")
SEEDS = int(os.environ.get("HEDDLE_SEEDS", 24))
FIRST_SEED = int(os.environ.get("HEDDLE_FIRST_SEED", 1))
LIMIT_S = 60

SAME, TOO_LARGE = 0, 3

# Most interleavings of a program with several threads are too many; the ones that come first say enough.
OPTIONS = ("--most", "600", "--walks", "150")

# By kind, taken in turn: with what a program is searched.
MORE_OPTIONS = {
    "interrupts": (("--irqs", "1"), ("--irqs", "2"), ("--irqs", "2", "--timing-any"), ("--irqs", "1", "--board", "rp2")),
    "nested": (("--irqs", "1"), ("--irqs", "2")),
    "callbacks": (("--irqs", "1"), ("--irqs", "2"), ("--irqs", "1", "--timing-any")),
    "timed": ((), ("--timing-any",)),
    # How many turns a service makes is no part of what the others do.
    "services": (("--outcomes-only",),),
    "pins": (("--irqs", "1"), ("--irqs", "2"), ("--irqs", "1", "--timing-any")),
    # What is one step here can be several there: a handler that arms what interrupts it, and who is masked by another.
    "timers": (("--irqs", "1", "--outcomes-only"), ("--irqs", "2", "--outcomes-only")),
    "mutexes": (("--irqs", "1"), ("--irqs", "2")),
    "calls": (("--irqs", "1"), ("--irqs", "1", "--timing-any")),
    "lines": (("--irqs", "1"), ("--irqs", "2")),
    "core": (("--board", "rp2"),),
    "posted": (("--board", "pycom", "--irqs", "1"),),
    "failing": (("--irqs", "1"), ("--irqs", "2")),
    "masks": (("--irqs", "1", "--outcomes-only"), ("--irqs", "2", "--outcomes-only")),
}

PROGRAMS = {kind: programs for programs in (random_program, themed_programs, mixed_programs) for kind in programs.KINDS}


def options_for(seed, kind):
    choices = MORE_OPTIONS.get(kind, ((),))
    return [*OPTIONS, *choices[seed % len(choices)]]


class OutcomesTest(unittest.TestCase):
    def compare(self, folder, kind, seed):
        script = Path(folder) / f"{kind}_{seed}.py"
        script.write_text(PROGRAMS[kind].random_program(seed, kind))
        words = [COMPARE_OUTCOMES, *options_for(seed, kind), script]
        outcome = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT_S)
        said = f"{kind} {seed}\n{script.read_text()}\n{outcome.stdout}{outcome.stderr}"
        self.assertIn(outcome.returncode, (SAME, TOO_LARGE), said)
        return outcome.returncode == SAME

    def test_programs(self):
        for script in sorted((Path(__file__).parent / "programs").glob("*.py")):
            with self.subTest(script.name):
                words = [COMPARE_OUTCOMES, "--most", "20000", "--walks", "150", script]
                outcome = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT_S)
                self.assertEqual(outcome.returncode, SAME, outcome.stdout + outcome.stderr)

    def check_kind(self, kind):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in themed_programs.MODULES.items():
                (Path(folder) / f"{name}.py").write_text(text)
            compared = sum(self.compare(folder, kind, seed) for seed in range(FIRST_SEED, FIRST_SEED + SEEDS))
        self.assertGreaterEqual(compared, SEEDS * 2 // 3)


def add_tests():
    for kind in PROGRAMS:
        setattr(OutcomesTest, f"test_{kind}", lambda self, kind=kind: self.check_kind(kind))


add_tests()

if __name__ == "__main__":
    unittest.main()
