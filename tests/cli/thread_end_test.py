"""Threads that fail (S6), threads that end themselves (S5, S7), and threads that the end of the program cuts off."""

import fcntl
import os
import select
import textwrap
import time
import unittest

from heddle import LIMIT_S, BlockingCase, Case

STARTED_BY = "Unhandled exception in thread started by "


class UnhandledTest(Case):
    START = """
        import _thread, sys, time
        def fail(x):
            return 1 // x
        class Callable:
            def __init__(self, shown):
                self.shown = shown
            def __call__(self, x):
                raise ValueError(x)
            def __repr__(self):
                return self.shown
        """

    def run_until_told(self, code, last):
        """Runs the code; its end, and that of the program, comes when the last is on stderr."""
        child = self.start_code(textwrap.dedent(self.START) + code + "\nsys.stdin.readline()\nprint('end')")
        child.expect(last, "err")
        child.send("\n")
        outcome = child.end()
        self.assertEqual((0, "end\n"), outcome[:2])
        return outcome.err

    def test_the_exact_text(self):
        told = self.run_until_told("_thread.start_new_thread(fail, (0,))", "zero\n")
        self.assertRegex(
            told,
            rf"\A{STARTED_BY}<function fail at 0x[0-9a-f]+>\n"
            r"Traceback \(most recent call last\):\n"
            rf'  File "{self.folder}/main.py", line 4, in fail\n'
            r"ZeroDivisionError: divide by zero\n\Z",
        )

    def test_whatever_was_called_is_named(self):
        for function, shown in {
            "int": "<class 'int'>",
            "'abc'.index": "<bound_method .*>",
            "lambda x: 1 // 0": "<function <lambda> at 0x[0-9a-f]+>",
            "Callable('shown')": "shown",
        }.items():
            with self.subTest(function):
                told = self.run_until_told(f"_thread.start_new_thread({function}, ('zz',))", r"Error: [^\n]*\n\Z")
                self.assertRegex(told, rf"\A{STARTED_BY}{shown}\n")

    def test_each_failure_is_told_whole(self):
        count = 100
        start = f"for _ in range({count}): _thread.start_new_thread(fail, (0,))\nprint('started')\n"
        one = (
            STARTED_BY + r"<function fail at 0x[0-9a-f]+>\nTraceback \(most recent call last\):\n"
            r"  File [^\n]+, line 4, in fail\nZeroDivisionError: divide by zero\n"
        )
        told = self.run_with_slow_stderr(start, count)
        self.assertRegex(told, rf"\A({one}){{{count}}}\Z")

    def run_with_slow_stderr(self, code, reports):
        """Nobody reads stderr at first, so that threads wait in the middle of what they have to say."""
        read_end, write_end = os.pipe()
        fcntl.fcntl(read_end, fcntl.F_SETPIPE_SZ, 4096)
        child = self.start_code(textwrap.dedent(self.START) + code + "sys.stdin.readline()", stderr=write_end)
        os.close(write_end)
        child.expect("started\n")
        time.sleep(0.1)
        told = b""
        with open(read_end, "rb", buffering=0) as stderr:
            while told.count(b"by zero\n") < reports and select.select([stderr], [], [], LIMIT_S)[0]:
                told += stderr.read(4096)
            child.send("\n")
            self.assertEqual(0, child.end().status)
            return (told + stderr.read()).decode()

    def test_a_repr_that_fails_harms_nobody(self):
        # repr() is to give a string.
        told = self.run_until_told("_thread.start_new_thread(Callable(5), (1,))\ntime.sleep(0.05)", STARTED_BY)
        self.assertNotIn("end", told)

    def test_every_other_thread_goes_on(self):
        outcome = self.run_code(
            """
            import _thread, time
            ended = []
            def work(name):
                time.sleep(0.02)
                if name == 1:
                    raise ValueError("no")
                time.sleep(0.02)
                ended.append(name)
            for name in range(3):
                _thread.start_new_thread(work, (name,))
            while len(ended) < 2:
                time.sleep(0.01)
            print(sorted(ended))
            """
        )
        self.assertEqual((0, "[0, 2]\n"), outcome[:2])

    def test_standard_error_that_is_full_harms_nobody(self):
        with open("/dev/full", "wb") as full:
            end = "_thread.start_new_thread(fail, (0,))\ntime.sleep(0.1)\nprint('end')"
            outcome = self.run_code(textwrap.dedent(self.START) + end, stderr=full)
        self.assertEqual((0, "end\n"), outcome[:2])


class SilentEndTest(Case):
    def test_exit_and_systemexit_print_nothing_and_end_only_their_thread(self):
        for end in ("_thread.exit()", "raise SystemExit", "raise SystemExit(5)", "sys.exit(5)", "return 5"):
            with self.subTest(end):
                self.check_prints(
                    f"""
                    import _thread, sys, time
                    ended = _thread.allocate_lock()
                    ended.acquire()
                    def work():
                        try:
                            {end}
                        finally:
                            print("finally")
                            ended.release()
                    _thread.start_new_thread(work, ())
                    ended.acquire()
                    time.sleep(0.02)
                    print("main")
                    """,
                    "finally\nmain\n",
                )


class EndOfMainTest(BlockingCase):
    """The end of the main script is the end of the program, whatever other threads do."""

    AT_WORK = BlockingCase.CALLS | {"a loop": "while True: pass"}

    def run_with_threads(self, body, end, count=1):
        work = f"def work():\n    {body}\n"
        start = f"for _ in range({count}):\n    _thread.start_new_thread(work, ())\ntime.sleep(0.05)\nprint('end')\n"
        return self.start_code(self.SETTING + work + start + end).end(limit_s=3, close=False)

    def test_it_waits_for_no_thread(self):
        for name, wait in self.AT_WORK.items():
            with self.subTest(name):
                self.assertEqual((0, "end\n", ""), self.run_with_threads(wait, ""))

    def test_it_waits_for_no_thread_of_many(self):
        for name in ("a loop", "sleep", "acquire", "stdin.read", "accept"):
            with self.subTest(name):
                self.assertEqual((0, "end\n", ""), self.run_with_threads(self.AT_WORK[name], "", count=20))

    def test_the_status_is_that_of_the_main_thread(self):
        for name, wait in self.AT_WORK.items():
            with self.subTest(name):
                self.assertEqual((7, "end\n", ""), self.run_with_threads(wait, "sys.exit(7)"))
                outcome = self.run_with_threads(wait, "1 / 0")
                self.assertEqual((1, "end\n"), outcome[:2])
                self.assertRegex(outcome.err, r"\ATraceback .*\n  File .*\nZeroDivisionError: divide by zero\n\Z")

    def test_it_is_orderly(self):
        code = "try:\n        time.sleep(1000)\n    finally:\n        print('finally in a thread')"
        end = "sys.atexit(lambda: print('exit function'))\nopen('left', 'w').write('text')"
        self.assertEqual((0, "end\nexit function\n", ""), self.run_with_threads(code, end))
        self.assertEqual("text", (self.folder / "left").read_text())

    def test_a_thread_that_prints_all_the_time(self):
        outcome = self.run_with_threads("while True: print('x' * 100)", "sys.exit(4)")
        self.assertEqual((4, ""), outcome[::2])

    def test_threads_that_start_threads_all_the_time(self):
        outcome = self.run_with_threads("_thread.start_new_thread(work, ())", "sys.exit(4)", count=5)
        self.assertEqual((4, "end\n", ""), outcome)

    def test_a_thread_that_ends_after_main_would_have(self):
        for _ in range(20):
            self.assertEqual((0, "end\n", ""), self.run_with_threads("time.sleep(0.05)", "", count=5))


if __name__ == "__main__":
    unittest.main()
