"""How `heddle check` searches: workers, budgets, samplers, memory, programs that crash."""

import json
import os
import pty
import re
import unittest

from heddle import Case

# 34,904 executions.
INCREMENTS = """
    import _thread
    value = 0
    def increment():
        global value
        for i in range(TIMES):
            t = value
            value = t + 1
    _thread.start_new_thread(increment, ())
    _thread.start_new_thread(increment, ())
"""

# Reads an address that nobody has, if the threads run in this order.
CRASHING = """
    import _thread, uctypes
    ready = False
    def set_ready():
        global ready
        ready = True
    def look():
        if ready:
            uctypes.bytearray_at(8, 8)[0]
    _thread.start_new_thread(set_ready, ())
    _thread.start_new_thread(look, ())
"""

CORRECT = """
    import _thread
    lock = _thread.allocate_lock()
    value = 0
    def increment():
        global value
        for i in range(TIMES):
            with lock:
                value += 1
    for i in range(3):
        _thread.start_new_thread(increment, ())
"""


# No execution ends, nor a replay of one.
PING_PONG = """
    import _thread
    is_mine = False
    def ping():
        global is_mine
        while True:
            while is_mine:
                pass
            is_mine = True
    def pong():
        global is_mine
        while True:
            while not is_mine:
                pass
            is_mine = False
    _thread.start_new_thread(ping, ())
    _thread.start_new_thread(pong, ())
"""


class SearchTest(Case):
    def check(self, text, *options, times=5):
        script = self.write("program.py", text.replace("TIMES", str(times)))
        result = self.folder / "result.json"
        result.unlink(missing_ok=True)
        outcome = self.run_heddle("check", "--json", result, *options, script, limit_s=60)
        self.assertEqual("", outcome.err)
        return outcome, json.loads(result.read_text())

    def test_time_ends_the_search_for_simpler_schedules_too(self):
        outcome, result = self.check(PING_PONG, "--time", "0.3", "-j", "1")
        self.assertEqual((3, "unfinished"), (outcome.status, result["verdict"]))
        self.assertEqual("data-race", result["findings"][0]["kind"])

    def test_counts_do_not_depend_on_how_they_are_come_by(self):
        for options in (("-j", "1"), ("-j", "3"), ("--memory", "1"), ("-j", "2", "--memory", "100k"), ("--no-snapshots",)):
            with self.subTest(options):
                outcome, found = self.check(INCREMENTS, "--keep-going", *options)
                self.assertEqual((1, 34904, 0, 0), (outcome.status, *(found["stats"][name] for name in ("executions", "blocked", "redundant"))))
                self.assertTrue(found["complete"])
                self.assertEqual({"lost-update", "data-race"}, {finding["kind"] for finding in found["findings"]})

    def test_a_budget_of_executions(self):
        for options in (("-j", "1"), ("-j", "3"), ("--search", "random"), ("--search", "pos", "-j", "2")):
            with self.subTest(options):
                outcome, found = self.check(CORRECT, "--executions", "2500", *options)
                self.assertEqual((3, 2500), (outcome.status, found["stats"]["executions"]))
                self.assertEqual(("unfinished", False), (found["verdict"], found["complete"]))
                self.assertIn("ended by --executions 2500\n", outcome.out)

    def test_a_budget_of_time(self):
        endless = """
            import _thread
            def count():
                n = 0
                while True:
                    n += 1
            _thread.start_new_thread(count, ())
        """
        for name, text in (("many executions", CORRECT), ("one execution", endless)):
            with self.subTest(name):
                outcome, found = self.check(text, "--time", "0.3", "--max-steps", "1000000000", times=50)
                self.assertEqual(3, outcome.status)
                self.assertGreaterEqual(found["stats"]["seconds"], 0.3)
                self.assertIn("ended by --time 0.3\n", outcome.out)

    def test_ctrl_c_ends_with_the_report_so_far(self):
        script = self.write("program.py", CORRECT.replace("TIMES", "50"))
        for options in ((), ("--search", "random")):
            with self.subTest(options):
                parent, terminal = pty.openpty()
                child = self.start("check", "-j", "2", *options, script, stderr=terminal)
                os.close(terminal)
                self.assertRegex(os.read(parent, 4096).decode(), r"\d+ executions?, [\d.]+[kM]?/s, depth \d+")
                child.interrupt()
                outcome = child.end()
                os.close(parent)
                self.assertEqual(3, outcome.status)
                self.assertRegex(outcome.out, r"\Aunfinished: no error in \d+ executions?; ended by Ctrl-C\n\Z")

    def test_nothing_on_a_pipe_but_the_report(self):
        outcome, _ = self.check(CORRECT, "--time", "0.5", times=50)
        self.assertEqual(1, outcome.out.count("\n"), outcome.out)

    def test_samplers_by_name(self):
        for name in ("random", "pos", "pct2", "pct3", "surw", "urw", "feedback", "walk"):
            with self.subTest(name):
                outcome, found = self.check(INCREMENTS, "--search", name, "--executions", "500", times=1)
                self.assertEqual((1, "error"), (outcome.status, found["verdict"]))
        script = self.write("program.py", CORRECT)
        self.check_usage_error(self.run_heddle("check", "--search", "best", script), "'best'", "all, random, pos, pct2")

    def test_samples_do_not_depend_on_the_number_of_workers(self):
        results = [self.check(INCREMENTS, "--search", "random", "--seed", "5", "-j", str(jobs), "--executions", "3000", "--keep-going")[1] for jobs in (1, 2)]
        for name in ("executions", "blocked"):
            self.assertEqual(*(result["stats"][name] for result in results))
        self.assertEqual(*(sorted(finding["message"] for finding in result["findings"]) for result in results))
        results = [self.check(INCREMENTS, "--search", "walk", "--seed", "5", "-j", str(jobs))[1] for jobs in (1, 2)]
        self.assertEqual(*((result["verdict"], result["stats"]["executions"]) for result in results))

    def test_bad_options_are_one_line(self):
        script = self.write("program.py", CORRECT)
        for words, said in (
            (("-j", "0"), "jobs"),
            (("--memory", "1x"), "bad size '1x'"),
            (("--memory", "0"), "bad size '0'"),
            (("--memory", "99999999999g"), "bad size"),
            (("--time", "-1"), "--time"),
            (("--executions", "0"), "--executions"),
        ):
            with self.subTest(words=words):
                self.check_usage_error(self.run_heddle("check", *words, script), said)


class CrashTest(Case):
    def test_a_crash_is_a_finding_and_the_search_goes_on(self):
        self.write("crash.py", CRASHING)
        for jobs in ("1", "2"):
            with self.subTest(jobs=jobs):
                outcome = self.run_heddle("check", "-j", jobs, "--keep-going", "--json", "result.json", "crash.py")
                self.assertEqual((1, ""), (outcome.status, outcome.err))
                found = json.loads((self.folder / "result.json").read_text())
                self.assertEqual(("error", False, 1), (found["verdict"], found["complete"], found["stats"]["executions"]))
                crash = found["findings"][0]
                self.assertEqual(("exception", 9), (crash["kind"], crash["location"]["line"]))
                self.assertEqual("the interpreter crashes: Segmentation fault (signal 11) in thread 2 (look)", crash["message"])

    def test_without_keep_going_it_ends_the_search(self):
        self.write("crash.py", CRASHING)
        outcome = self.run_heddle("check", "crash.py")
        self.assertEqual((1, ""), (outcome.status, outcome.err))
        self.assertIn("crash.py:9: error: the interpreter crashes: Segmentation fault", outcome.out)

    def test_a_crash_is_replayed(self):
        self.write("crash.py", CRASHING)
        self.run_heddle("check", "crash.py")
        for _ in range(2):
            outcome = self.run_heddle("replay", "crash.py.1.replay")
            self.assertEqual((1, ""), (outcome.status, outcome.err))
            self.assertTrue(re.match(r"crash.py:9: error: the interpreter crashes", outcome.out), outcome.out)


class CompleteTest(Case):
    def test_a_bound_of_preemptions_that_leaves_something_out_is_no_proof(self):
        self.write("main.py", CORRECT.replace("TIMES", "2"))
        outcome = self.run_heddle("check", "--preemptions", "0", "main.py")
        self.assertEqual((3, ""), (outcome.status, outcome.err), outcome)
        self.assertRegex(outcome.out, "unfinished: no error.* in [1-9].*; left out: what takes more preemptions\n$")

    def test_a_script_that_the_heap_is_too_small_for_is_one_line(self):
        script = self.write("long.py", "".join(f"def f{i}(x):\n    return x * {i} + 1\n" for i in range(1000)))
        outcome = self.run_heddle("check", script)
        self.assertEqual((2, ""), (outcome.status, outcome.out))
        self.assertRegex(outcome.err, r"long\.py: MemoryError: .* in a heap of 262144 bytes: -X heapsize=N gives it another size\n$")
        self.assertEqual(1, outcome.err.count("\n"))
        self.assertEqual(0, self.run_heddle("check", "-X", "heapsize=1m", script).status)

    def test_without_an_execution_that_ended_there_is_none(self):
        self.write(
            "main.py",
            """
            import _thread
            x = 0
            def set_x(value):
                global x
                while True:
                    x = value
            _thread.start_new_thread(set_x, (1,))
            _thread.start_new_thread(set_x, (0,))
            """,
        )
        outcome = self.run_heddle("check", "--max-steps", "200", "main.py")
        self.assertEqual((3, ""), (outcome.status, outcome.err), outcome)
        self.assertIn("in 0 executions; left out: an end, which no execution came to", outcome.out)


if __name__ == "__main__":
    unittest.main()
