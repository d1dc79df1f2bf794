"""Each example runs, ends well, and prints what it is meant to show."""

import re
import unittest

from heddle import ROOT, Case

EXAMPLES = ROOT / "examples"


class ExamplesTest(Case):
    def run_example(self, name):
        outcome = self.run_heddle(EXAMPLES / name, limit_s=10)
        self.assertEqual((0, ""), outcome[::2])
        return outcome.out

    def test_thread_page(self):
        lines = self.run_example("thread_page.py").splitlines()
        self.assertEqual("4 threads have ended", lines.pop())
        self.assertEqual(sorted(f"thread {i}: round {j}" for i in range(4) for j in range(1, 6)), sorted(lines))
        # All start at once, and who sleeps less is sooner done.
        self.assertEqual({f"thread {i}: round 1" for i in range(4)}, set(lines[:4]))
        ends = [lines.index(f"thread {i}: round 5") for i in range(4)]
        self.assertEqual(sorted(ends), ends)

    def test_thread_page_lock(self):
        moved, total = self.run_example("thread_page_lock.py").splitlines()
        counts = re.fullmatch(r"moved (\d+) times, gave up (\d+) times", moved)
        self.assertEqual(50, int(counts[1]) + int(counts[2]))
        # What went 50 times each way by 7 and by 5, and `moved` times by 1, went: the sum is what it was.
        self.assertEqual("the sum is 2000", total)

    def test_mutex_page(self):
        out = self.run_example("mutex_page.py")
        counts = re.fullmatch(r"(\d+) calls: (\d+) updates, (\d+) deferred, 0 torn\n", out)
        calls, updates, deferred = map(int, counts.groups())
        self.assertEqual((200, 200), (calls, updates + deferred))
        self.assertGreaterEqual(min(updates, deferred), 50)

    def test_each_example_has_its_test_here(self):
        missing = [path.name for path in EXAMPLES.glob("*.py") if not hasattr(self, "test_" + path.stem)]
        self.assertEqual([], missing)


if __name__ == "__main__":
    unittest.main()
