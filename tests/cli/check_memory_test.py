"""What `heddle check` does with little memory, and without: `--memory`, the system's limits, full and missing folders."""

import json
import resource
import unittest

from heddle import Case

# What has nothing to do with each other, in 8,000 executions: much is left to do at a time.
APART = """
    import _thread
    values = [0] * 3
    def work(index):
        values[index] += 1
        values[index] += 1
    for index in range(3):
        _thread.start_new_thread(work, (index,))
        _thread.start_new_thread(work, (index,))
"""

LOCKED = """
    import _thread
    lock = _thread.allocate_lock()
    value = 0
    def increment():
        global value
        for i in range(4):
            with lock:
                value += 1
    _thread.start_new_thread(increment, ())
    _thread.start_new_thread(increment, ())
"""

RACE = """
    import _thread
    value = 0
    def increment():
        global value
        value += 1
    _thread.start_new_thread(increment, ())
    _thread.start_new_thread(increment, ())
"""


class MemoryTest(Case):
    def check(self, *options, **more):
        return self.run_heddle("check", *options, self.write("main.py", APART), limit_s=120, **more)

    def counts(self, *options):
        outcome = self.check("--keep-going", "--json", "result.json", *options)
        self.assertEqual((1, ""), (outcome.status, outcome.err))
        found = json.loads((self.folder / "result.json").read_text())
        stats = found["stats"]
        findings = sorted((finding["kind"], finding["location"]["line"]) for finding in found["findings"])
        return found["complete"], stats["executions"], stats["blocked"], stats["redundant"], findings

    def test_counts_do_not_depend_on_memory(self):
        plenty = self.counts("-j", "1", "--memory", "1g")
        self.assertEqual((True, 34**3, 0, 0), plenty[:4])
        for options in (("-j", "1", "--memory", "1"), ("-j", "2", "--memory", "200k")):
            with self.subTest(options):
                self.assertEqual(plenty, self.counts(*options))

    def test_work_that_no_file_can_take_is_said_to_be_left_out(self):
        for jobs in ("1", "2"):
            with self.subTest(jobs):
                self.write("main.py", LOCKED)
                outcome = self.run_heddle("check", "-j", jobs, "--memory", "1", "main.py", env={"TMPDIR": "/nowhere"})
                self.assertEqual(3, outcome.status)
                self.assertIn("unfinished: no error in", outcome.out)
                for line in outcome.err.splitlines():
                    self.assertRegex(line, r"\Aheddle: can't write the work that is left to a file in '/nowhere': No such file")
                self.assertNotEqual("", outcome.err)


class SystemLimitsTest(Case):
    def run_limited(self, code, which, limit):
        self.write("main.py", code)
        limited = lambda: resource.setrlimit(which, (limit, limit))
        return self.run_heddle("check", "-j", "2", "main.py", preexec_fn=limited)

    def test_each_size_of_the_address_space_is_enough_or_gets_one_line(self):
        """From where the program starts at all, to where there is plenty."""
        statuses = set()
        for megabytes in (32, 96, 128, 132, 134, 136, 137, 138, 139, 140, 144, 152, 176, 256, 512):
            with self.subTest(megabytes):
                for code, status in ((LOCKED, 0), (RACE, 1)):
                    outcome = self.run_limited(code, resource.RLIMIT_AS, megabytes << 20)
                    statuses.add(outcome.status)
                    self.assertIn(outcome.status, (status, 3))
                    if outcome.status == 3:
                        self.check_one_line(outcome.err, "memory")
                        self.assertNotIn("complete", outcome.out)
        self.assertEqual({0, 1, 3}, statuses)


class FolderTest(Case):
    def test_a_report_that_no_file_takes_is_on_the_terminal_all_the_same(self):
        self.write("main.py", RACE)
        for options in (("--json", "/dev/full"), ("--json", "/dev/full", "--keep-going")):
            outcome = self.run_heddle("check", *options, "main.py")
            self.assertEqual(2, outcome.status)
            self.assertIn("[lost-update]", outcome.out)
            self.check_one_line(outcome.err, "can't write '/dev/full'", "No space left on device")

    def test_folders_that_are_not_there(self):
        self.write("main.py", RACE)
        for options in (("--json", "none/result.json"), ("--replays", "none")):
            self.check_usage_error(self.run_heddle("check", *options, "main.py"), "can't write", "none", "No such file")


if __name__ == "__main__":
    unittest.main()
