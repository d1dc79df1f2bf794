"""Where `heddle check` and `heddle replay` stop: programs that never end, what cannot be repeated, bad input."""

import json
import unittest

from heddle import Case

TWO_THREADS = """
    import _thread, os, sys, time
    def work():
        {}
    _thread.start_new_thread(work, ())
    _thread.start_new_thread(work, ())
"""


class EndlessTest(Case):
    def check_endless(self, code, line):
        outcome = self.run_code(code, options=("--max-steps", "100"))
        self.assertEqual((3, ""), (outcome.status, outcome.err))
        self.assertRegex(outcome.out, rf"main.py:{line}: warning: .* runs on without coming to a step \[step-limit\]")
        self.assertIn("unfinished: no error, 1 warning", outcome.out)
        self.assertIn("; left out: what comes after --max-steps\n", outcome.out)

    def run_code(self, code, options=()):
        self.write("main.py", code)
        return self.run_heddle("check", *options, "main.py")

    def test_a_loop_before_any_thread(self):
        self.check_endless("while True:\n    pass\n", 2)

    def test_a_loop_in_a_function_that_python_code_calls(self):
        self.check_endless("def spin():\n    while True: pass\nsorted([2, 1], key=lambda _: spin())\n", 2)

    def test_a_loop_in_a_thread(self):
        self.check_endless(TWO_THREADS.format("while True: pass"), 4)

    def test_a_loop_in_a_handler(self):
        self.check_endless(
            """
            import machine
            def tick(timer):
                while True: pass
            machine.Timer(-1).init(period=1, callback=tick, hard=True)
            """,
            4,
        )

    def test_a_loop_at_the_end(self):
        self.check_endless("import heddle\ndef end():\n    while True: pass\nheddle.at_end(end)\n", 3)

    def test_it_is_replayed(self):
        self.check_endless("while True:\n    pass\n", 2)
        outcome = self.run_heddle("replay", "main.py.1.replay")
        self.assertEqual(1, outcome.status, outcome)
        self.assertIn("main.py:2: warning: main runs on without coming to a step", outcome.out)

    def test_a_loop_of_many_steps_names_the_last_one(self):
        self.write(
            "main.py",
            """
            import _thread
            count = 0
            def work():
                global count
                while True:
                    count += 1
            _thread.start_new_thread(work, ())
            """,
        )
        outcome = self.run_heddle("check", "--max-steps", "60", "main.py")
        self.assertEqual(3, outcome.status, outcome)
        self.assertIn("an execution that does not end: at last thread 1 (work) is at main.py:7 [step-limit]", outcome.out)

    def test_a_long_way_to_a_step_is_none(self):
        outcome = self.run_code(TWO_THREADS.format("for _ in range(100000): pass"))
        self.assertEqual(0, outcome.status, outcome)

    def test_c_code_that_never_returns_is_ended_by_the_time(self):
        outcome = self.run_code("print(1)\nsum(range(10 ** 15))\n", options=("--time", "0.5"))
        self.assertEqual((3, ""), (outcome.status, outcome.err))
        self.assertEqual("unfinished: no error in 0 executions; ended by --time 0.5\n", outcome.out)

    def test_c_code_that_never_returns_is_told(self):
        outcome = self.run_code("print(1)\nsum(range(10 ** 15))\n")
        self.assertEqual((3, ""), (outcome.status, outcome.out))
        self.check_one_line(outcome.err, "main.py:2", "C code")

    def test_a_long_sleep_takes_no_time(self):
        self.assertEqual(0, self.run_code("import time\ntime.sleep(1e9)\n").status)


class OutsideTest(Case):
    REFUSED = {
        "input()": "repeat a read of standard input",
        "sys.stdin.read(1)": "repeat a read of standard input",
        "sys.stdin.readline()": "repeat a read of standard input",
        "sys.stdin.buffer.read(1)": "repeat a read of standard input",
        "import select; p = select.poll(); p.register(sys.stdin); p.poll()": "repeat a read of standard input",
        "open('log.txt', 'w')": "take back a write to the file 'log.txt'",
        "open('log.txt', 'ab')": "take back a write to the file 'log.txt'",
        "open('kept.txt', 'r+')": "take back a write to the file 'kept.txt'",
        "open('/dev/urandom', 'rb')": "repeat a read of '/dev/urandom'",
        "os.system('touch log.txt')": "repeat the command 'touch log.txt'",
        "os.remove('kept.txt')": "take back the removal of 'kept.txt'",
        "os.rename('kept.txt', 'x')": "take back the renaming of 'kept.txt'",
        "os.mkdir('x')": "take back the making of the folder 'x'",
        "os.rmdir('x')": "take back the removal of 'x'",
        "os.chdir('/')": "take back a change of the folder to '/'",
        "os.listdir('/')": "repeat a listing of the folder '/'",
        "os.putenv('a', 'b')": "take back a change of the environment variable 'a'",
        "os.unsetenv('a')": "take back a change of the environment variable 'a'",
        "import socket; socket.socket()": "repeat what comes through a socket",
        "import socket; socket.getaddrinfo('localhost', 80)": "repeat a look-up of the host 'localhost'",
        "import ffi; ffi.open('libm.so.6')": "take back what is done by the library 'libm.so.6'",
        "sys.stdout.close()": "take back the closing of standard input or output",
    }

    def test_what_cannot_be_repeated_is_refused_with_its_line(self):
        for call, words in self.REFUSED.items():
            with self.subTest(call=call):
                self.write("kept.txt", "kept\n")
                self.write("main.py", TWO_THREADS.format(call))
                outcome = self.run_heddle("check", "main.py")
                self.assertEqual((2, ""), (outcome.status, outcome.out))
                self.assertEqual(f"main.py:4: heddle check cannot {words}\n", outcome.err)
                self.assertEqual({"kept.txt", "main.py"}, {path.name for path in self.folder.iterdir()})
                self.assertEqual("kept\n", (self.folder / "kept.txt").read_text())

    def test_it_is_refused_wherever_the_search_comes_to_it(self):
        self.write(
            "main.py",
            """
            import _thread
            flag = False
            def sets():
                global flag
                flag = True
                flag = False
            def asks():
                if flag:
                    input()
            _thread.start_new_thread(asks, ())
            _thread.start_new_thread(sets, ())
            """,
        )
        outcome = self.run_heddle("check", "main.py")
        self.assertEqual((2, "main.py:10: heddle check cannot repeat a read of standard input\n"), outcome[::2])

    def test_files_are_read_as_they_were(self):
        """Positions are taken back with the program, wherever threads come between."""
        self.write("settings.json", '{"a": 1}\n')
        self.write("other.py", "value = 3\n")
        self.write(
            "main.py",
            """
            import _thread, json, other
            def work():
                with open("settings.json") as file:
                    assert file.read(3) == '{"a'
                    assert file.tell() == 3
                    assert file.read() == '": 1}\\n'
                    file.seek(0)
                    assert json.load(file) == {"a": 1}
                assert other.value == 3
                try:
                    open("nothing")
                except OSError as error:
                    assert error.errno == 2
            _thread.start_new_thread(work, ())
            work()
            """,
        )
        outcome = self.run_heddle("check", "main.py")
        self.assertEqual(0, outcome.status, outcome)
        self.assertIn("complete", outcome.out)

    def test_more_threads_than_can_be_explored(self):
        self.write(
            "main.py",
            """
            import _thread
            lock = _thread.allocate_lock()
            lock.acquire()
            for _ in range(251): _thread.start_new_thread(lock.acquire, ())
            """,
        )
        outcome = self.run_heddle("check", "main.py")
        self.check_usage_error(outcome, "main.py:5: heddle check cannot explore more than 250 threads at once")

    def test_as_many_threads_as_can_be_explored(self):
        self.write(
            "main.py",
            """
            import _thread
            lock = _thread.allocate_lock()
            lock.acquire()
            def work():
                with lock: pass
            for _ in range(250): _thread.start_new_thread(work, ())
            lock.release()
            """,
        )
        outcome = self.run_heddle("check", "--search", "walk", "--executions", 2, "main.py")
        self.assertEqual(3, outcome.status, outcome)
        self.assertIn("2 executions", outcome.out)

    def test_more_contexts_than_can_be_explored(self):
        self.write(
            "main.py",
            """
            import _thread
            def work(): pass
            for _ in range(512): _thread.start_new_thread(work, ())
            """,
        )
        outcome = self.run_heddle("check", "main.py")
        said = "main.py:4: heddle check cannot explore more than 512 threads and sources of interrupts"
        self.check_usage_error(outcome, said)


class OutputTest(Case):
    def test_nothing_is_shown_during_a_search_and_all_of_it_by_a_replay(self):
        self.write(
            "main.py",
            """
            import sys
            print("printed")
            sys.stdout.write("written\\n")
            sys.stderr.write("on \\x1b stderr\\n")
            assert False
            """,
        )
        outcome = self.run_heddle("check", "main.py")
        self.assertEqual((1, ""), (outcome.status, outcome.err))
        self.assertNotRegex(outcome.out, "(?m)^printed")
        outcome = self.run_heddle("replay", "main.py.1.replay")
        self.assertEqual((1, ""), (outcome.status, outcome.err))
        self.assertIn("output:\n   printed\n   written\n   on \\x1b stderr\n   Traceback", outcome.out)

    def test_a_replay_shows_the_recorded_finding_alone(self):
        self.write(
            "main.py",
            """
            import _thread
            n = m = 0
            def work():
                global n, m
                n = n + 1
                m = m + 1
            _thread.start_new_thread(work, ())
            _thread.start_new_thread(work, ())
            """,
        )
        self.run_heddle("check", "--keep-going", "--json", "result.json", "main.py")
        findings = json.loads((self.folder / "result.json").read_text())["findings"]
        self.assertGreater(len(findings), 1)
        for finding in findings:
            outcome = self.run_heddle("replay", finding["replay"])
            self.assertEqual(1, outcome.status, outcome)
            self.assertEqual(1, outcome.out.count(" interrupts:\n"), outcome.out)
            self.assertIn(f"[{finding['kind']}]", outcome.out)
            self.assertIn(f"main.py:{finding['location']['line']}: ", outcome.out)

    def test_a_replay_of_any_timing_watches_what_the_search_watched(self):
        self.write(
            "main.py",
            """
            from machine import Timer
            import time
            n = 0
            t = Timer(-1)
            def again(_):
                global n
                n += 1
                if n < 2:
                    t.init(mode=Timer.ONE_SHOT, period=5, callback=again)
            t.init(mode=Timer.ONE_SHOT, period=5, callback=again)
            time.sleep_ms(5)
            t.init(mode=Timer.ONE_SHOT, period=50, callback=again)
            time.sleep_ms(100)
            n += 1
            assert n == 3, n
            """,
        )
        outcome = self.run_heddle("check", "--timing", "any", "main.py")
        self.assertEqual(1, outcome.status, outcome)
        replayed = self.run_heddle("replay", "main.py.1.replay")
        self.assertEqual(1, replayed.status, replayed)
        self.assertIn("[assertion]", replayed.out)

    def test_a_replay_has_the_arguments_and_the_heap(self):
        self.write("main.py", 'import gc, sys\nprint(sys.argv, gc.mem_free() < 40000)\nassert sys.argv[1] != "-v"\n')
        self.assertEqual(1, self.run_heddle("check", "-X", "heapsize=40k", "main.py", "-v", "x y").status)
        outcome = self.run_heddle("replay", "main.py.1.replay")
        self.assertIn("output:\n   ['main.py', '-v', 'x y'] True\n", outcome.out)

    def test_a_replay_notices_that_a_module_has_changed(self):
        self.write("other.py", "value = 1\n")
        self.write("main.py", "import other\nassert other.value == 2\n")
        self.assertEqual(1, self.run_heddle("check", "main.py").status)
        self.write("other.py", "value = 2\n")
        self.check_usage_error(self.run_heddle("replay", "main.py.1.replay"), "imports has changed since")


class BadInputTest(Case):
    def test_scripts_that_do_not_load(self):
        self.write("syntax.py", "x = 1\ny = (\n")
        (self.folder / "folder.py").mkdir()
        self.write("large.py", "x = [" + "1," * 100000 + "]\n")
        for words, said in (
            (("nowhere.py",), "can't open script 'nowhere.py'"),
            (("folder.py",), "'folder.py': Is a directory"),
            (("syntax.py",), "syntax.py:3: SyntaxError"),
            (("-X", "heapsize=64k", "large.py"), "large.py: MemoryError"),
            (("",), "can't open script ''"),
        ):
            with self.subTest(words=words):
                self.check_usage_error(self.run_heddle("check", *words), said)

    def test_a_script_that_is_no_utf8_is_told_escaped(self):
        (self.folder / "main.py").write_bytes(b'n = 1\nassert n == 2, "\xff\x1b"\n')
        outcome = self.run_heddle("check", "--json", "result.json", "main.py")
        self.assertEqual((1, ""), (outcome.status, outcome.err))
        self.assertIn("main.py:2: error: AssertionError: \\xff\\x1b in main", outcome.out)
        self.assertEqual(2, json.loads((self.folder / "result.json").read_text())["findings"][0]["location"]["line"])

    def test_an_error_before_any_thread_is_a_finding(self):
        self.write("main.py", "n = 0\nprint(1 // n)\n")
        outcome = self.run_heddle("check", "main.py")
        self.assertEqual((1, ""), (outcome.status, outcome.err))
        self.assertIn("main.py:2: error: ZeroDivisionError: divide by zero in main [exception]", outcome.out)

    def test_systemexit_ends_the_thread_that_raises_it(self):
        for end in ("sys.exit()", "sys.exit(3)", 'sys.exit("words")', "raise SystemExit"):
            with self.subTest(end=end):
                self.write("main.py", f"import sys\n{end}\nassert False\n")
                self.assertEqual(0, self.run_heddle("check", "main.py").status)

    def test_options_that_make_no_sense(self):
        self.write("main.py", "pass\n")
        self.write("file", "")
        for words, said in (
            (("--irqs", "-1"), "--irqs"),
            (("--max-steps", "0"), "--max-steps: '0' is not a positive number"),
            (("--max-steps", "many"), "--max-steps"),
            (("--time", "0"), "--time: '0' is not a positive number"),
            (("--time", "nan"), "--time: 'nan' is not a positive number"),
            (("--executions", "-3"), "--executions"),
            (("--preemptions", "-1"), "--preemptions: '-1' is not a whole number"),
            (("--preemptions", ""), "--preemptions: '' is not a whole number"),
            (("--seed", "x"), "--seed: 'x' is not a whole number"),
            (("--seed", "-1"), "--seed: '-1' is not a whole number"),
            (("--json", ""), "--json: nothing is given"),
            (("--replays", ""), "--replays: nothing is given"),
            (("--memory", ""), "--memory: nothing is given"),
            (("-X", ""), "-X: nothing is given"),
            (("--board", "abacus"), "unknown board 'abacus'"),
            (("-X", "nonsense"), "unknown option '-X nonsense'"),
            (("-X", "heapsize=1k"), "too small to start"),
            (("-X", "heapsize=900000G"), "bad heap size"),
            (("-X", "heapsize=4097m"), "a heap of 4296015872 bytes is too large to explore: at most 4294967296"),
            (("--json", "nowhere/result.json"), "can't write the result to 'nowhere/result.json'"),
            (("--json", "."), "can't write the result to '.': Is a directory"),
            (("--replays", "nowhere"), "can't write replay files to 'nowhere'"),
            (("--replays", "file"), "can't write replay files to 'file'"),
            (("--nonsense",), "--nonsense"),
        ):
            with self.subTest(words=words):
                self.check_usage_error(self.run_heddle("check", *words, "main.py"), said)

    def test_the_usual_board_is_that_of_heddle_run(self):
        self.write("main.py", "pass\n")
        outcome = self.run_heddle("check", "main.py", env={"HEDDLE_BOARD": "abacus"})
        self.check_usage_error(outcome, "unknown board 'abacus'")

    def test_a_device_is_no_script(self):
        outcome = self.run_heddle("check", "/dev/zero")
        self.check_usage_error(outcome, "can't open script '/dev/zero': it is no regular file")

    def test_outputs_that_cannot_be_written_are_told_before_the_search(self):
        self.write("main.py", "while True: pass\n")
        outcome = self.run_heddle("check", "--max-steps", str(10**15), "--replays", "nowhere", "main.py")
        self.check_usage_error(outcome, "can't write replay files to 'nowhere'")

    def test_a_second_script_is_an_argument_of_the_first(self):
        self.write("main.py", "import sys\nassert sys.argv == ['main.py', 'main.py']\n")
        self.assertEqual(0, self.run_heddle("check", "main.py", "main.py").status)


class ReplayFileTest(Case):
    def setUp(self):
        super().setUp()
        self.write("main.py", "n = 0\nassert n\n")
        self.assertEqual(1, self.run_heddle("check", "main.py").status)
        self.replay = self.folder / "main.py.1.replay"
        self.text = self.replay.read_text()

    def check_refused(self, text, *words):
        (self.folder / "changed.replay").write_text(text)
        self.check_usage_error(self.run_heddle("replay", "changed.replay"), "changed.replay", *words)

    def changed(self, *path, value):
        root = json.loads(self.text)
        table = root
        for name in path[:-1]:
            table = table[name]
        table[path[-1]] = value
        return json.dumps(root)

    def test_cut_short(self):
        for size in range(1, len(self.text.rstrip()), 13):
            with self.subTest(size=size):
                self.check_refused(self.text[:size], "is cut short")

    def test_no_replay_file(self):
        for text in ("", "pass\n", "[]", '{"version": 1}', "\0" * 100, "1" * 100):
            with self.subTest(text=text):
                self.check_refused(text)

    def test_wrong_fields(self):
        for path, value, said in (
            (("schedule",), "0", "schedule is not a list"),
            (("schedule",), [-1], "schedule[0]"),
            (("options", "irqs"), "2", "options.irqs"),
            (("options", "heap_bytes"), 100, "a heap of 100 bytes is too small"),
            (("options", "heap_bytes"), 100_000_000_000, "a heap of 100000000000 bytes is too large to explore"),
            (("options", "arguments"), [1], "options.arguments"),
            (("finding", "kind"), "error", "finding.kind"),
            (("board", "name"), "abacus", "abacus"),
            (("board", "hash"), "0" * 16, "has changed since"),
            (("script", "path"), "nowhere.py", "nowhere.py"),
            (("script", "hash"), "0" * 16, "the script has changed since"),
            (("vm",), "MicroPython 1.0", "the VM is"),
            (("schedule",), [5], "changed since"),
            (("schedule",), [], "changed since"),
        ):
            with self.subTest(path=path, value=value):
                (self.folder / "changed.replay").write_text(self.changed(*path, value=value))
                self.check_usage_error(self.run_heddle("replay", "changed.replay"), said)

    def test_files_that_are_none(self):
        for name in ("nowhere.replay", "."):
            self.check_usage_error(self.run_heddle("replay", name), name)
        self.check_usage_error(self.run_heddle("replay"), "FILE is required")


if __name__ == "__main__":
    unittest.main()
