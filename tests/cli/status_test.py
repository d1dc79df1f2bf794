"""Exit statuses, and what stands on stderr with them."""

import os
import subprocess
import unittest

from heddle import HEDDLE, Case


class EndTest(Case):
    def test_a_script_that_ends_is_0(self):
        self.assertEqual((0, "1\n", ""), self.run_code("print(1)"))

    def test_an_empty_script_is_0(self):
        self.assertEqual((0, "", ""), self.run_code(""))

    def test_an_uncaught_exception_is_1_with_a_traceback(self):
        script = self.write("bad.py", "def f():\n    1 / 0\nf()\n")
        outcome = self.run_heddle(script)
        self.assertEqual(1, outcome.status)
        self.assertEqual("", outcome.out)
        self.assertEqual(
            "Traceback (most recent call last):\n"
            f'  File "{script}", line 3, in <module>\n'
            f'  File "{script}", line 2, in f\n'
            "ZeroDivisionError: divide by zero\n",
            outcome.err,
        )

    def test_an_exception_of_a_command_names_stdin(self):
        outcome = self.run_heddle("-c", "1/0")
        self.assertEqual(1, outcome.status)
        self.assertIn('File "<stdin>", line 1, in <module>\nZeroDivisionError', outcome.err)

    def test_finally_blocks_and_exit_functions_run(self):
        self.assertEqual(
            (5, "finally\natexit\n", ""),
            self.run_code(
                """
                import sys
                sys.atexit(lambda: print("atexit"))
                try:
                    sys.exit(5)
                finally:
                    print("finally")
                """
            ),
        )

    def test_what_was_written_to_a_file_that_nobody_closed_is_there(self):
        self.run_code("f = open('left.txt', 'w'); f.write('text')")
        self.assertEqual("text", (self.folder / "left.txt").read_text())


class SystemExitTest(Case):
    STATUSES = {
        "sys.exit()": 0,
        "sys.exit(None)": 0,
        "sys.exit(0)": 0,
        "sys.exit(7)": 7,
        "sys.exit(255)": 255,
        "sys.exit(256 + 44)": 44,
        "sys.exit(-1)": 255,
        "sys.exit(True)": 1,
        "sys.exit(False)": 0,
        "sys.exit('text')": 1,
        "sys.exit([7])": 1,
        "sys.exit(1.5)": 1,
        "raise SystemExit": 0,
        "raise SystemExit(9)": 9,
        "raise SystemExit('text')": 1,
    }

    def test_in_a_command(self):
        for code, status in self.STATUSES.items():
            with self.subTest(code):
                self.assertEqual((status, "", ""), self.run_heddle("-c", "import sys; " + code))

    def test_in_a_script(self):
        for code, status in self.STATUSES.items():
            with self.subTest(code):
                self.assertEqual((status, "", ""), self.run_code("import sys\n" + code))

    def test_in_a_module_and_on_standard_input(self):
        self.write("leave.py", "raise SystemExit(4)")
        self.assertEqual((4, "", ""), self.run_heddle("-m", "leave"))
        self.assertEqual((4, "", ""), self.run_heddle(input="raise SystemExit(4)"))
        self.assertEqual((4, "", ""), self.run_heddle("-", input="raise SystemExit(4)"))

    def test_in_an_imported_module(self):
        self.write("leave.py", "raise SystemExit(4)")
        self.assertEqual((4, "", ""), self.run_code("import leave\nprint('not reached')"))

    def test_in_an_exit_function(self):
        self.assertEqual((3, "", ""), self.run_code("import sys\nsys.atexit(lambda: sys.exit(3))"))


class ScriptTest(Case):
    def test_a_missing_script_is_2_with_one_line(self):
        outcome = self.run_heddle("missing.py")
        self.assertEqual(
            (2, "", f"{HEDDLE}: can't open file 'missing.py': [Errno 2] No such file or directory\n"), outcome
        )

    def test_a_missing_folder_is_2_with_one_line(self):
        self.check_usage_error(self.run_heddle("no/such/place.py"), "can't open file 'no/such/place.py'", "[Errno 2]")

    def test_a_script_below_a_file_is_2_with_one_line(self):
        self.write("file", "")
        self.check_usage_error(self.run_heddle("file/script.py"), "can't open file", "[Errno 20]")

    def test_a_syntax_error_names_file_and_line(self):
        script = self.write("bad.py", "print('not printed')\n\nif True\n    pass\n")
        outcome = self.run_heddle(script)
        self.assertEqual((1, ""), (outcome.status, outcome.out))
        self.assertEqual(
            f'Traceback (most recent call last):\n  File "{script}", line 3\nSyntaxError: invalid syntax\n', outcome.err
        )

    def test_a_bad_indentation_names_file_and_line(self):
        script = self.write("bad.py", "if True:\n    pass\n  pass\n")
        outcome = self.run_heddle(script)
        self.assertEqual(1, outcome.status)
        self.assertIn(f'File "{script}", line 2\nIndentationError', outcome.err)

    def test_a_folder_as_a_script(self):
        outcome = self.run_heddle(self.folder)
        self.assertEqual((1, "", "OSError: [Errno 21] EISDIR\n"), outcome)

    def test_a_script_without_permission(self):
        script = self.write("secret.py", "print('read')")
        script.chmod(0)
        # The superuser may read it nevertheless, unless this right is taken away.
        powers = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
        outcome = subprocess.run([*powers, HEDDLE, script], capture_output=True, text=True, timeout=10)
        self.assertEqual(
            (1, "", "OSError: [Errno 13] EACCES\n"), (outcome.returncode, outcome.stdout, outcome.stderr)
        )

    def test_a_script_that_cannot_be_read(self):
        outcome = self.run_heddle("/proc/self/mem")
        self.assertEqual((1, ""), (outcome.status, outcome.out))
        self.check_one_line(outcome.err, "OSError: [Errno 5] EIO")

    def test_a_binary_file_as_a_script(self):
        path = self.folder / "binary.py"
        path.write_bytes(bytes(range(256)) * 10)
        outcome = self.run_heddle(path)
        self.assertEqual((1, ""), (outcome.status, outcome.out))
        self.assertIn(f'File "{path}", line 1\n', outcome.err)

    def test_a_missing_module_is_1(self):
        self.assertEqual((1, "", "ImportError: no module named 'missing'\n"), self.run_heddle("-m", "missing"))


class OutputTest(Case):
    """Output that goes nowhere is an OSError, which a program can catch."""

    PRINTS = "for i in range(100000): print(i)"

    def check_fails_with(self, number, outcome):
        self.assertEqual(1, outcome.status)
        self.assertTrue(outcome.err.endswith(f"\nOSError: {number}\n"), outcome.err)

    def run_with_output(self, stdout, code=PRINTS):
        try:
            return self.run_heddle("-c", code, stdout=stdout)
        finally:
            os.close(stdout)

    def closed_pipe(self):
        read_end, write_end = os.pipe()
        os.close(read_end)
        return write_end

    def test_a_reader_that_goes_away(self):
        read_end, write_end = os.pipe()
        child = self.start("-c", self.PRINTS, stdout=write_end)
        os.close(write_end)
        os.read(read_end, 100)
        os.close(read_end)
        self.check_fails_with(32, child.end())

    def test_a_reader_that_is_not_there(self):
        self.check_fails_with(32, self.run_with_output(self.closed_pipe()))

    def test_a_full_disk(self):
        self.check_fails_with(28, self.run_with_output(os.open("/dev/full", os.O_WRONLY)))

    def test_a_program_that_catches_it_goes_on(self):
        code = "try:\n    print(1)\nexcept OSError:\n    open('caught', 'w').close()"
        self.assertEqual((0, ""), self.run_with_output(self.closed_pipe(), code)[::2])
        self.assertTrue((self.folder / "caught").exists())

    def test_no_standard_output_at_all(self):
        command = ["sh", "-c", '"$0" -c "print(1)" >&-', HEDDLE]
        outcome = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=10)
        self.assertEqual(1, outcome.returncode)
        self.assertIn("OSError: [Errno 9] EBADF", outcome.stderr)


if __name__ == "__main__":
    unittest.main()
