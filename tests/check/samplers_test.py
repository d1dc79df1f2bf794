#!/usr/bin/env python3
"""How soon samplers find the faults of the programs in sampled/: what must come out stands in their first lines."""

import json
import re
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

from check_test import HERE
from heddle import Case

# Of the published mean: so many failures, whose number is off by 5% or less in two of three seeds.
FAILURES = 500
FEWEST_EXECUTIONS = 5_000
MOST_OFF = 0.2
SAMPLERS = {"walk", "urw", "pct3", "pos"}


ALL_SAMPLERS = ("random", "pos", "pct2", "pct3", "urw", "surw", "feedback", "walk")
# Several blocks of samples, so that there is something to divide.
COMPARED_EXECUTIONS = 3_000
SEEDS = 20


def numbers_of(path, word):
    """Of the line '# WORD: SAMPLER=NUMBER ...'; empty if there is none."""
    match = re.search(rf"(?m)^# {word}: (.*)$", path.read_text())
    return {name: float(number) for name, number in (pair.split("=") for pair in match[1].split())} if match else {}


class SamplersTest(Case):
    def search(self, path, sampler, *options):
        """What the search has written as JSON."""
        words = ["check", "--search", sampler, *options, "--replays", self.folder, "--json", "result.json", path]
        self.run_heddle(*words, limit_s=100)
        return json.loads((self.folder / "result.json").read_text())

    def mean(self, path, sampler, executions):
        """Of executions to a failure: their number by that of failures, since each is drawn anew."""
        stats = self.search(path, sampler, "--executions", executions, "--keep-going")["stats"]
        self.assertEqual(executions, stats["executions"] + stats["blocked"])
        return executions / max(stats["failed"], 1)

    def check_means(self, path):
        published = numbers_of(path, "sampled")
        self.assertEqual(SAMPLERS, set(published))
        for sampler, expected in published.items():
            with self.subTest(program=path.stem, sampler=sampler):
                mean = self.mean(path, sampler, max(FEWEST_EXECUTIONS, round(FAILURES * expected)))
                self.assertLessEqual(abs(mean / expected - 1), MOST_OFF, f"{mean:.2f} instead of {expected}")

    def test_means_are_the_published_ones(self):
        programs = [path for path in sorted((HERE / "sampled").glob("*.py")) if numbers_of(path, "sampled")]
        self.assertEqual(8, len(programs))
        for path in programs:
            self.check_means(path)

    def test_feedback_soon_finds_what_a_hundred_threads_hide(self):
        path = HERE / "sampled" / "reorder_100.py"
        total = 0
        for seed in range(1, SEEDS + 1):
            found = self.search(path, "feedback", "--executions", 1000, "--time", 60, "--seed", seed)
            self.assertEqual("error", found["verdict"])
            total += found["stats"]["executions"]
        self.assertLessEqual(total / SEEDS, numbers_of(path, "within")["feedback"])

    def outcome_of(self, path, sampler, way):
        """All of it but the time that it took, and what was run to repeat."""
        found = self.search(path, sampler, "--executions", COMPARED_EXECUTIONS, "--keep-going", "--seed", 7, *way)
        self.assertEqual(COMPARED_EXECUTIONS, found["stats"]["executions"] + found["stats"]["blocked"])
        for number in ("steps", "seconds", "executions_per_second"):
            del found["stats"][number]
        for finding in found["findings"]:
            del finding["replay"]
        return found

    def test_a_seed_finds_the_same_in_all_ways(self):
        for program in ("reorder_5", "philosophers_5"):
            path = HERE / "sampled" / f"{program}.py"
            for sampler in ALL_SAMPLERS:
                first = self.outcome_of(path, sampler, ["-j", 1])
                for way in (["-j", 2], ["-j", 4], ["-j", 1, "--no-snapshots"]):
                    with self.subTest(program=program, sampler=sampler, way=way):
                        self.assertEqual(first, self.outcome_of(path, sampler, way))


if __name__ == "__main__":
    unittest.main()
