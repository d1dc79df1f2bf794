#!/usr/bin/env python3
"""Each program of the corpora whose search is small, searched in several ways: what comes out must be the same.

What is pending is left out. Executions from snapshots, executions each run from the beginning, and hardly any memory for snapshots; one worker and two.
"""

import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

from check_test import HERE, LIMIT_S, Program, read_pending
from heddle import Case

# A larger search is left out; so many programs are not.
MOST_EXECUTIONS = 2000
LEAST_COMPARED = 120

WAYS = (["-j", "1"], ["-j", "1", "--no-snapshots"], ["-j", "2", "--memory", "1"])


class CrossCheckTest(Case):
    def search(self, program, way):
        result = self.folder / "result.json"
        result.unlink(missing_ok=True)
        options = [*program.options, "--keep-going", "--executions", MOST_EXECUTIONS, "--json", result, "--replays", self.folder]
        outcome = self.run_heddle("check", *way, *options, program.path, limit_s=LIMIT_S)
        self.assertTrue(result.exists(), outcome)
        found = json.loads(result.read_text())
        return {
            "verdict": found["verdict"],
            "complete": found["complete"],
            "findings": sorted({(finding["severity"], finding["kind"]) for finding in found["findings"]}),
        } | {name: found["stats"][name] for name in ("executions", "blocked", "redundant")}

    def test_all_ways_come_to_the_same(self):
        compared = 0
        pending = read_pending()
        for path in sorted((HERE / "correct").glob("*.py")) + sorted((HERE / "wrong").glob("*.py")):
            if f"{path.parent.name}/{path.stem}" in pending:
                continue
            program = Program(path)
            first = self.search(program, WAYS[0])
            if not first["complete"]:
                continue
            compared += 1
            for way in WAYS[1:]:
                with self.subTest(program=path.name, way=way):
                    self.assertEqual(first, self.search(program, way))
        self.assertGreaterEqual(compared, LEAST_COMPARED)


if __name__ == "__main__":
    unittest.main()
