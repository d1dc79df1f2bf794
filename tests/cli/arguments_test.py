"""What runs, and what the program sees of how it was started: sys.argv, sys.path, __name__, __file__, imports."""

import os
import unittest

from heddle import HEDDLE, Case

SHOW = "import sys\nprint(sys.argv, repr(sys.path[0]), __name__, __file__)\n"


class ArgumentsTest(Case):
    def check_shows(self, expected, *words, **options):
        self.assertEqual((0, expected + "\n", ""), self.run_heddle(*words, **options))

    def test_a_script(self):
        self.write("show.py", SHOW)
        self.check_shows(f"['show.py', 'a', 'b'] '{self.folder}' __main__ show.py", "show.py", "a", "b")

    def test_a_script_elsewhere(self):
        script = self.write("below/show.py", SHOW)
        self.check_shows(f"['below/show.py'] '{self.folder}/below' __main__ below/show.py", "below/show.py")
        self.check_shows(f"['{script}'] '{self.folder}/below' __main__ {script}", script)

    def test_a_script_without_py(self):
        self.write("show", SHOW)
        self.check_shows(f"['show'] '{self.folder}' __main__ show", "show")

    def test_a_link_to_a_script(self):
        self.write("real/show.py", SHOW)
        (self.folder / "link.py").symlink_to("real/show.py")
        self.check_shows(f"['link.py'] '{self.folder}/real' __main__ link.py", "link.py")

    def test_a_name_that_is_not_ascii(self):
        self.write("für.py", "import sys\nprint(*sys.argv)")
        self.check_shows("für.py größer", "für.py", "größer")

    def test_a_command(self):
        self.check_shows("['-c', 'a', '-x', '-c'] '' __main__ <stdin>", "-c", SHOW, "a", "-x", "-c")

    def test_a_module(self):
        self.write("show.py", SHOW)
        self.check_shows("['show', 'a', '-m'] '' __main__ show.py", "-m", "show", "a", "-m")

    def test_standard_input(self):
        self.check_shows("[] '' __main__ <stdin>", input=SHOW)
        self.check_shows("['-', 'a', '-b'] '' __main__ <stdin>", "-", "a", "-b", input=SHOW)

    def test_options_after_the_program_are_its_own(self):
        self.write("show.py", "import sys\nprint(sys.argv[1:])")
        self.check_shows("['-X', 'nonsense', '--version', '-h']", "show.py", "-X", "nonsense", "--version", "-h")

    def test_options_before_the_program(self):
        self.write("show.py", "import gc, sys\nprint(sys.argv[1:], gc.mem_free() < 70000)")
        self.check_shows("['a'] True", "-O", "-X", "heapsize=64k", "show.py", "a")

    def test_the_executable(self):
        outcome = self.run_heddle("-c", "import sys; print(sys.executable)")
        self.assertEqual(os.path.realpath(HEDDLE) + "\n", outcome.out)

    def test_the_implementation(self):
        self.check_shows("micropython linux", "-c", "import sys; print(sys.implementation.name, sys.platform)")


class StandardInputTest(Case):
    def test_a_program_on_it(self):
        for words in ([], ["-"]):
            self.assertEqual((0, "1\n", ""), self.run_heddle(*words, input="print(1)"))
            self.assertEqual((0, "", ""), self.run_heddle(*words))
            self.assertEqual((0, "a\nb\n", ""), self.run_heddle(*words, input="for c in 'ab':\n    print(c)\n"))

    def test_a_program_that_fails(self):
        outcome = self.run_heddle(input="\n1/0\n")
        self.assertEqual((1, ""), outcome[:2])
        self.assertIn('File "<stdin>", line 2, in <module>\nZeroDivisionError', outcome.err)

    def test_a_syntax_error(self):
        outcome = self.run_heddle(input="print(1)\nif\n")
        self.assertEqual((1, ""), outcome[:2])
        self.assertIn('File "<stdin>", line 2\nSyntaxError: invalid syntax\n', outcome.err)

    def test_a_script_reads_from_it(self):
        self.write("lines.py", "import sys\nprint(sys.stdin.readline() + '|' + sys.stdin.read())")
        self.assertEqual((0, "one\n|two\nthree\n", ""), self.run_heddle("lines.py", input="one\ntwo\nthree"))

    def test_input_edits_and_shows_the_line(self):
        outcome = self.run_heddle("-c", "print([input('? '), input()])", input="one\ntwx\x7fo\n")
        self.assertEqual(0, outcome.status)
        self.assertTrue(outcome.out.startswith("? one\r\ntw"), outcome)
        self.assertTrue(outcome.out.endswith("\r\n['one', 'two']\n"), outcome)

    def test_its_end_is_an_eoferror_of_input(self):
        outcome = self.run_heddle("-c", "input()")
        self.assertEqual((1, "EOFError: \n"), (outcome.status, outcome.err[-11:]))


class ImportTest(Case):
    def test_from_the_folder_of_the_script(self):
        self.write("there/script.py", "import beside\nprint(beside.__name__, beside.__file__)")
        self.write("there/beside.py", "")
        self.assertEqual((0, f"beside {self.folder}/there/beside.py\n", ""), self.run_heddle("there/script.py"))

    def test_from_the_working_folder_for_a_command(self):
        self.write("beside.py", "print('beside')")
        self.assertEqual((0, "beside\n", ""), self.run_heddle("-c", "import beside"))

    def test_a_package(self):
        self.write("pack/__init__.py", "from .part import value\nprint(__name__)")
        self.write("pack/part.py", "value = 5\nprint(__name__)")
        self.write("script.py", "import pack\nfrom pack import part\nprint(pack.value, part.value)")
        self.assertEqual((0, "pack.part\npack\n5 5\n", ""), self.run_heddle("script.py"))

    def test_a_package_with_m(self):
        self.write("pack/__init__.py", "print('init', __name__)")
        self.write("pack/__main__.py", "import sys\nprint('main', __name__, sys.argv)")
        self.write("pack/part.py", "print('part', __name__)")
        self.assertEqual(
            (0, "init pack\nmain __main__ ['pack', 'a']\n", ""), self.run_heddle("-m", "pack", "a")
        )
        self.assertEqual((0, "init pack\npart __main__\n", ""), self.run_heddle("-m", "pack.part"))

    def test_a_package_that_has_no_main(self):
        self.write("pack/__init__.py", "")
        self.assertEqual((1, "", "ImportError: no module named 'pack.__main__'\n"), self.run_heddle("-m", "pack"))

    def test_a_module_of_tests_with_m(self):
        self.write(
            "test_it.py",
            """
            import unittest
            class Test(unittest.TestCase):
                def test(self):
                    pass
            unittest.main()
            """,
        )
        outcome = self.run_heddle("-m", "test_it")
        self.assertEqual(0, outcome.status, outcome)
        self.assertIn("Ran 1 tests", outcome.out)

    def test_an_error_in_an_imported_module_names_it(self):
        self.write("broken.py", "x = 1\ny = x +\n")
        self.write("script.py", "import broken")
        outcome = self.run_heddle("script.py")
        self.assertEqual(1, outcome.status)
        self.assertIn(f'File "{self.folder}/broken.py", line 2\nSyntaxError', outcome.err)

    def test_main_is_a_module(self):
        self.check_prints("value = 3\nimport __main__\nprint(__main__.value)", "3\n")


class SearchPathTest(Case):
    SHOW = "import sys; print(sys.path)"

    def test_without_the_variable(self):
        outcome = self.run_heddle("-c", self.SHOW)
        self.assertEqual(f"['', '.frozen', '{self.folder}/.micropython/lib', '/usr/lib/micropython']\n", outcome.out)

    def test_micropypath(self):
        for value, path in {
            "a:/b": ["", "a", "/b"],
            "": [""],
            ":a": ["", "a"],
            "~/x:.frozen": ["", f"{self.folder}/x", ".frozen"],
        }.items():
            with self.subTest(value):
                outcome = self.run_heddle("-c", self.SHOW, env={"MICROPYPATH": value})
                self.assertEqual((0, f"{path}\n", ""), outcome)

    def test_modules_are_found_there(self):
        self.write("far/away.py", "print('far')")
        self.assertEqual((0, "far\n", ""), self.run_heddle("-c", "import away", env={"MICROPYPATH": "far"}))

    def test_frozen_modules_need_their_entry(self):
        outcome = self.run_heddle("-c", "import unittest", env={"MICROPYPATH": "/nowhere"})
        self.assertEqual((1, "ImportError: no module named 'unittest'\n"), (outcome.status, outcome.err[-40:]))


if __name__ == "__main__":
    unittest.main()
