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

# For a mean of 65, some 300 failures: its error is 6% then.
EXECUTIONS = 20_000
MOST_OFF = 0.2


def means_of(path):
    """Of the line '# sampled: ...': the published mean number of executions to the first failure, by sampler."""
    match = re.search(r"(?m)^# sampled: (.*)$", path.read_text())
    return {name: float(mean) for name, mean in (pair.split("=") for pair in match[1].split())} if match else {}


class SamplersTest(Case):
    def mean(self, path, sampler):
        """Of executions to a failure: their number by that of failures, since each is drawn anew."""
        options = ["--search", sampler, "--executions", EXECUTIONS, "--keep-going", "--seed", 1]
        self.run_heddle("check", *options, "--json", "result.json", path, limit_s=60)
        stats = json.loads((self.folder / "result.json").read_text())["stats"]
        self.assertEqual(EXECUTIONS, stats["executions"] + stats["blocked"])
        return EXECUTIONS / max(stats["failed"], 1)

    def test_means_are_the_published_ones(self):
        measured = 0
        for path in sorted((HERE / "sampled").glob("*.py")):
            for sampler, published in means_of(path).items():
                with self.subTest(program=path.stem, sampler=sampler):
                    mean = self.mean(path, sampler)
                    self.assertLessEqual(abs(mean / published - 1), MOST_OFF, f"{mean:.2f} instead of {published}")
                measured += 1
        self.assertEqual(15, measured)


if __name__ == "__main__":
    unittest.main()
