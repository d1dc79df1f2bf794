"""Options, good and bad."""

import os
import resource
import unittest

from heddle import Case


class HelpTest(Case):
    def test_version_is_one_line_that_starts_with_micropython(self):
        outcome = self.run_heddle("--version")
        self.assertEqual((0, ""), outcome[::2])
        self.assertRegex(outcome.out, r"\AMicroPython v?\d+\.\d+[^\n]*Heddle \d+\.\d+\.\d+[^\n]*\n\Z")

    def test_help_names_every_option(self):
        for option in ("-h", "--help"):
            outcome = self.run_heddle(option)
            self.assertEqual((0, ""), outcome[::2])
            for word in "-c -m SCRIPT -i -v -O -X --version heapsize threads compile-only".split():
                self.assertIn(word, outcome.out)

    def test_run_answers_as_well(self):
        for option in ("-h", "--version"):
            self.assertEqual(self.run_heddle(option), self.run_heddle("run", option))


class RunTest(Case):
    def test_run_is_the_same_as_without(self):
        script = self.write("script.py", "import sys\nprint(sys.argv[1:], __name__)\nsys.exit(3)")
        for words in ([script, "a", "-c"], ["-O", script], ["-c", "print(1)"], ["-X", "nonsense"], ["missing.py"]):
            with self.subTest(words):
                self.assertEqual(self.run_heddle(*words), self.run_heddle("run", *words))

    def test_a_script_may_be_named_run(self):
        self.write("run", "print('script')")
        self.assertEqual((0, "script\n", ""), self.run_heddle("./run"))
        self.assertEqual((0, "script\n", ""), self.run_heddle("run", "run"))

    def test_run_reads_standard_input(self):
        self.assertEqual((0, "1\n", ""), self.run_heddle("run", input="print(1)"))


class BadOptionTest(Case):
    def test_an_unknown_option(self):
        for option in ("-z", "-V", "--nonsense", "--vers"):
            with self.subTest(option):
                self.check_usage_error(self.run_heddle(option, "-c", "print(1)"), option)

    def test_an_option_without_its_argument(self):
        for option in ("-c", "-m", "-X"):
            with self.subTest(option):
                self.check_usage_error(self.run_heddle(option), option)

    def test_an_unknown_implementation_option(self):
        for option in ("nonsense", "", "emit=native", "heap=1m", "threads5", "compile-only=1"):
            with self.subTest(option):
                self.check_usage_error(self.run_heddle("-X", option, "-c", "print(1)"), f"'-X {option}'")

    def test_the_second_of_two_is_read_too(self):
        self.check_usage_error(self.run_heddle("-X", "heapsize=1m", "-X", "nonsense", "-c", "1"), "nonsense")

    def test_no_program_runs(self):
        self.run_heddle("-z", "-c", "open('ran', 'w').close()")
        self.assertFalse((self.folder / "ran").exists())


class HeapTest(Case):
    def free(self, size):
        outcome = self.run_heddle("-X", "heapsize=" + size, "-c", "import gc; print(gc.mem_free() + gc.mem_alloc())")
        self.assertEqual((0, ""), outcome[::2])
        return int(outcome.out)

    def test_sizes_and_their_units(self):
        for size, bytes in {
            "300000": 300_000,
            "64k": 64 << 10,
            "64K": 64 << 10,
            "3m": 3 << 20,
            "3M": 3 << 20,
            "64wk": 128 << 10,
            "1wM": 2 << 20,
            "40000w": 80_000,
        }.items():
            with self.subTest(size):
                self.assertLess(abs(self.free(size) - bytes) / bytes, 0.05)

    def test_the_last_one_counts(self):
        outcome = self.run_heddle("-X", "heapsize=64k", "-X", "heapsize=4m", "-c", "len([0] * 300000)")
        self.assertEqual((0, "", ""), outcome)

    def test_no_size_at_all(self):
        long = "9" * 30
        for size in ("-1", "1x", "", "x", "k", "1.5m", "1kk", " 1m", "1 m", "0x10000", "1000000000g", long, long + "m"):
            with self.subTest(size):
                self.check_usage_error(self.run_heddle("-X", "heapsize=" + size, "-c", "1"), "heap size", f"'{size}'")

    def test_a_size_that_is_too_small(self):
        for size in ("0", "1", "1000", "1k", "16383"):
            with self.subTest(size):
                self.check_usage_error(self.run_heddle("-X", "heapsize=" + size, "-c", "1"), "too small", "16384")

    def test_the_smallest_heap_runs_a_program(self):
        self.assertEqual((0, "1\n", ""), self.run_heddle("-X", "heapsize=16384", "-c", "print(1)"))

    def test_a_heap_that_no_machine_has(self):
        machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        # Its tables alone would be a fifth of the machine's memory.
        outcome = self.run_heddle("-X", f"heapsize={20 * machine >> 20}m", "-c", "print(1)", limit_s=5)
        self.assertIn(outcome.status, (1, 2))
        self.check_one_line(outcome.err, "heap")

    def test_a_heap_that_the_system_refuses(self):
        limit = 1 << 30
        outcome = self.run_heddle(
            "-X",
            "heapsize=2000m",
            "-c",
            "print(1)",
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        )
        self.assertEqual((1, ""), outcome[:2])
        self.check_one_line(outcome.err, "heap", "Cannot allocate memory")

    def test_running_out_of_it_is_a_memory_error(self):
        outcome = self.run_heddle("-X", "heapsize=64k", "-c", "[0] * 100000")
        self.assertEqual((1, ""), outcome[:2])
        self.assertIn("MemoryError: memory allocation failed, allocating 800000 bytes\n", outcome.err)

    def test_a_script_that_does_not_fit(self):
        script = self.write("long.py", "\n".join(f"name{i} = {i}" for i in range(5000)))
        outcome = self.run_heddle("-X", "heapsize=20k", script)
        self.assertEqual((1, ""), outcome[:2])
        self.assertIn("MemoryError", outcome.err)


class ThreadLimitTest(Case):
    START = """
        import _thread
        lock = _thread.allocate_lock()
        lock.acquire()
        started = 0
        try:
            for _ in range(200):
                _thread.start_new_thread(lock.acquire, ())
                started += 1
        except RuntimeError as error:
            print(isinstance(error, OSError), "can't start new thread" in str(error))
        print(started)
        """

    def test_no_number_of_threads(self):
        for count in ("0", "x", "-1", "", "1.5", "5x", " 5", "9" * 30):
            with self.subTest(count):
                outcome = self.run_heddle("-X", "threads=" + count, "-c", "1")
                self.check_usage_error(outcome, "threads", f"'{count}'")

    def test_the_main_thread_is_one_of_them(self):
        self.assertEqual((0, "True True\n0\n", ""), self.run_code(self.START, "-X", "threads=1"))
        self.assertEqual((0, "True True\n9\n", ""), self.run_code(self.START, "-X", "threads=10"))

    def test_without_it_there_is_no_such_limit(self):
        self.assertEqual((0, "200\n", ""), self.run_code(self.START))


class OptimiseTest(Case):
    def test_levels(self):
        shown = "import micropython; print(micropython.opt_level(), __debug__)"
        for option, level in {"-O": 1, "-OO": 2, "-OOO": 3, "-O0": 0, "-O1": 1, "-O3": 3, "-O9": 9}.items():
            with self.subTest(option):
                self.assertEqual((0, f"{level} {level == 0}\n", ""), self.run_heddle(option, "-c", shown))
        self.assertEqual("0 True\n", self.run_heddle("-c", shown).out)

    def test_assertions_go(self):
        self.assertEqual(1, self.run_heddle("-c", "assert False").status)
        self.assertEqual((0, "", ""), self.run_heddle("-O", "-c", "assert False"))

    def test_no_level(self):
        for option in ("-Ox", "-O10", "-O-1", "-Oo"):
            with self.subTest(option):
                self.check_usage_error(self.run_heddle(option, "-c", "1"), f"'{option}'")


class CompileOnlyTest(Case):
    def test_nothing_runs(self):
        script = self.write("script.py", "print(1)")
        for words in (["-c", "print(1)"], [script]):
            self.assertEqual((0, "", ""), self.run_heddle("-X", "compile-only", *words))
        self.assertEqual((0, "", ""), self.run_heddle("-X", "compile-only", input="print(1)"))

    def test_errors_are_found(self):
        script = self.write("bad.py", "def f(:")
        outcome = self.run_heddle("-X", "compile-only", script)
        self.assertEqual((1, ""), outcome[:2])
        self.assertIn("SyntaxError", outcome.err)


class VerboseTest(Case):
    def test_memory_is_reported_at_the_end(self):
        outcome = self.run_heddle("-v", "-c", "print(1)")
        self.assertEqual((0, ""), outcome[::2])
        self.assertRegex(outcome.out, r"\A1\nmem: total=\d+.*\nstack: \d+ out of \d+\nGC: total: \d+")

    def test_twice_shows_bytecode(self):
        outcome = self.run_heddle("-v", "-v", "-c", "print(1)")
        self.assertIn("LOAD_NAME print", outcome.out)


if __name__ == "__main__":
    unittest.main()
