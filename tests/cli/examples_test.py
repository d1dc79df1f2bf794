"""Each example runs, ends well, and prints what it is meant to show."""

import json
import re
import unittest

from heddle import ROOT, Case

EXAMPLES = ROOT / "examples"


class ExamplesTest(Case):
    def run_example(self, name, *options):
        outcome = self.run_heddle(*options, EXAMPLES / name, limit_s=10)
        self.assertEqual((0, ""), outcome[::2])
        return outcome.out

    def longer(self, name, constant, count):
        text, found = re.subn(rf"^{constant} = \d+$", f"{constant} = {count}", (EXAMPLES / name).read_text(), flags=re.M)
        self.assertEqual(1, found)
        path = self.folder / name
        path.write_text(text)
        return path

    def test_thread_page(self):
        lines = self.run_example("thread_page.py").splitlines()
        self.assertEqual("4 threads have ended", lines.pop())
        self.assertEqual(sorted(f"thread {i}: round {j}" for i in range(4) for j in range(1, 6)), sorted(lines))
        # All start at once, and who sleeps less is sooner done.
        self.assertEqual({f"thread {i}: round 1" for i in range(4)}, set(lines[:4]))
        ends = [lines.index(f"thread {i}: round 5") for i in range(4)]
        self.assertEqual(sorted(ends), ends)

    def test_thread_page_lock(self):
        moved, total = self.run_example(self.longer("thread_page_lock.py", "ROUNDS", 50)).splitlines()
        counts = re.fullmatch(r"moved (\d+) times, gave up (\d+) times", moved)
        self.assertEqual(50, int(counts[1]) + int(counts[2]))
        # What went 50 times each way by 7 and by 5, and `moved` times by 1, went: the sum is what it was.
        self.assertEqual("the sum is 2000", total)

    def test_mutex_page(self):
        out = self.run_example(self.longer("mutex_page.py", "CALLS", 100))
        counts = re.fullmatch(r"(\d+) calls: (\d+) updates, (\d+) deferred, 0 torn\n", out)
        calls, updates, deferred = map(int, counts.groups())
        self.assertEqual((200, 200), (calls, updates + deferred))
        self.assertGreaterEqual(min(updates, deferred), 50)

    # M10: the page's example runs as printed, with its callback attached to a timer, a pin, and a switch.
    def check_mutex_page(self, name, most):
        out = self.run_example(name)
        counts = re.fullmatch(r"(\d+) fired: (\d+) updated, (\d+) deferred, 0 torn\n", out)
        fired, updated, deferred = map(int, counts.groups())
        self.assertEqual((most, most), (fired, updated + deferred))
        # The main loop holds the mutex for half the time.
        self.assertGreaterEqual(min(updated, deferred), most // 10)

    def test_mutex_page_timer(self):
        self.check_mutex_page("mutex_page_timer.py", 500)

    def test_mutex_page_pin(self):
        self.check_mutex_page("mutex_page_pin.py", 500)

    def test_mutex_page_switch(self):
        self.check_mutex_page("mutex_page_switch.py", 200)

    def test_issue_6691_before(self):
        outcome = self.run_heddle(EXAMPLES / "issue_6691_before.py", limit_s=10)
        self.assertEqual((0, "main code lived on, the handler did not; the lock is free\n"), outcome[:2])
        self.assertTrue(outcome.err.startswith("uncaught exception in Timer(4) interrupt handler\n"), outcome.err)
        self.assertIn("\nRuntimeError: would wait for ever in an interrupt handler", outcome.err)
        # Once: the timer calls nobody any more.
        self.assertEqual(1, outcome.err.count("RuntimeError"))

    def test_issue_6691_after(self):
        out = self.run_example("issue_6691_after.py")
        pattern = r"(\d+) rounds, (\d+) fired, of these (\d+) put off; counted (\d+) and (\d+)\n"
        rounds, fired, put_off, *counted = map(int, re.fullmatch(pattern, out).groups())
        self.assertEqual([rounds + fired] * 2, counted)
        self.assertTrue(0 < put_off < fired, out)

    def test_double_buffer(self):
        out = self.run_example("double_buffer.py")
        self.assertRegex(out, r"\A500 samples in 10 buffers, in order: True, lost between: \d+\n\Z")

    def test_debounced_button(self):
        scene = EXAMPLES / "debounced_button.toml"
        self.assertEqual(
            "5 presses\nmore edges than that: True\n", self.run_example("debounced_button.py", "--scene", scene)
        )

    def test_rotary_encoder(self):
        scene = EXAMPLES / "rotary_encoder.toml"
        out = self.run_example("rotary_encoder.py", "--scene", scene)
        position, lost = map(int, re.fullmatch(r"position (-?\d+), (\d+) lost\n", out).groups())
        # An interrupt is lost where this machine is busy for longer than a step lasts; then it says so.
        self.assertTrue(position == 28 if lost == 0 else abs(position - 28) <= 4 * lost, out)

    def test_producer_handler(self):
        out = self.run_example("producer_handler.py")
        consumed, overrun, produced = map(
            int, re.fullmatch(r"(\d+) consumed, (\d+) overrun, (\d+) produced\n", out).groups()
        )
        self.assertEqual((200, 200), (consumed + overrun, produced))
        self.assertGreater(consumed, overrun)

    def test_pycom_alarm(self):
        lines = self.run_example("pycom_alarm.py", "--board", "pycom").splitlines()
        self.assertEqual([f"{10 * i} ms have passed" for i in range(1, 11)], lines[:-1])
        self.assertEqual("the clock has stopped after 10 steps", lines[-1])

    def test_bank(self):
        self.assertEqual("the bank has 150\n", self.run_example("bank.py"))

    def test_bank_race(self):
        self.assertRegex(self.run_example("bank_race.py"), r"\Athe bank has (150|100|50)\n\Z")

    def test_each_example_has_its_test_here(self):
        missing = [path.name for path in EXAMPLES.glob("*.py") if not hasattr(self, "test_" + path.stem)]
        self.assertEqual([], missing)


class CheckedExamplesTest(Case):
    """What `heddle check` says of them."""

    def check_example(self, name):
        outcome = self.run_heddle("check", "--json", "report.json", EXAMPLES / name, limit_s=60)
        report = json.loads((self.folder / "report.json").read_text())
        return outcome.status, report["complete"], {each["kind"] for each in report["findings"]}

    # The two reference pages' own: clean and complete, with the polled flag as a warning at most.
    def test_reference_pages(self):
        self.assertEqual((0, True, set()), self.check_example("thread_page.py"))
        self.assertEqual((0, True, {"data-race"}), self.check_example("mutex_page_timer.py"))
        self.assertEqual((0, True, {"data-race"}), self.check_example("mutex_page_pin.py"))
        self.assertEqual((0, True, {"data-race"}), self.check_example("mutex_page_switch.py"))
        self.assertEqual((0, True, set()), self.check_example("thread_page_lock.py"))
        self.assertEqual((0, True, set()), self.check_example("mutex_page.py"))

    # What the last one's main loop polls is written by the handler.
    def test_those_that_are_right(self):
        for name, kinds in (("bank.py", set()), ("double_buffer.py", set()), ("issue_6691_after.py", {"data-race"})):
            with self.subTest(example=name):
                self.assertEqual((0, True, kinds), self.check_example(name))

    def test_those_that_have_a_bug(self):
        status, _, kinds = self.check_example("bank_race.py")
        self.assertEqual(1, status)
        self.assertIn("lost-update", kinds)
        status, _, kinds = self.check_example("issue_6691_before.py")
        self.assertEqual(1, status)
        self.assertIn("isr-block", kinds)


if __name__ == "__main__":
    unittest.main()
