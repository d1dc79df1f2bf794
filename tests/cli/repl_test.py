"""The prompt, on a terminal."""

import fcntl
import os
import pty
import select
import termios
import time
import unittest

from heddle import HEDDLE, LIMIT_S, Case, Child

UP, DOWN, LEFT, HOME_KEY = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[H"


class Terminal:
    """A heddle whose three standard files are a terminal."""

    def __init__(self, case, *arguments, **environment):
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        self.child = Child(
            [HEDDLE, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=case.folder,
            env=case.environment(**environment),
            # Ctrl-C of this terminal is for it.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self.said = ""
        case.addCleanup(self.close)

    def close(self):
        self.child.close()
        os.close(self.master)

    def expect(self, text):
        """Reads on to the text; what came before it."""
        end = time.monotonic() + LIMIT_S
        while text not in self.said:
            self.read(end - time.monotonic(), text)
        before, _, self.said = self.said.partition(text)
        return before

    def read(self, limit_s, wanted):
        ready, _, _ = select.select([self.master], [], [], max(limit_s, 0))
        try:
            self.said += os.read(self.master, 4096).decode(errors="replace") if ready else ""
        except OSError:
            ready = False
        if not ready:
            raise AssertionError(f"{wanted!r} did not come, but {self.said!r}")

    def type(self, text):
        os.write(self.master, text.encode())

    def ask(self, line, prompt=">>> "):
        """Types the line at the prompt; what it prints before the next prompt."""
        self.type(line + "\r")
        self.expect("\r\n")
        return self.expect(prompt).replace("\r\n", "\n")

    def leave(self):
        self.type("\x04")
        return self.child.process.wait(LIMIT_S)


class ReplCase(Case):
    def terminal(self, *arguments, **environment):
        terminal = Terminal(self, *arguments, **environment)
        self.banner = terminal.expect(">>> ")
        return terminal


class PromptTest(ReplCase):
    def test_the_banner(self):
        self.terminal()
        self.assertRegex(self.banner, r"\AMicroPython v?\d+\.\d+.* Heddle .*\r\n.*Ctrl-D.*Ctrl-E.*\r\n\Z")

    def test_values_are_shown_and_names_are_kept(self):
        terminal = self.terminal()
        self.assertEqual("2\n", terminal.ask("1 + 1"))
        self.assertEqual("", terminal.ask("x = 'text'"))
        self.assertEqual("'text'\n", terminal.ask("x"))
        self.assertEqual("text\n", terminal.ask("print(_)"))
        self.assertEqual("", terminal.ask("None"))
        self.assertEqual("", terminal.ask(""))
        self.assertEqual("'__main__'\n", terminal.ask("__name__"))

    def test_an_exception_is_told_and_the_prompt_goes_on(self):
        terminal = self.terminal()
        said = terminal.ask("1 / 0")
        self.assertRegex(said, r'\n  File "<stdin>", line 1, in <module>\nZeroDivisionError: divide by zero\n\Z')
        self.assertIn("SyntaxError", terminal.ask("1 +"))
        self.assertEqual("5\n", terminal.ask("5"))

    def test_a_block_of_several_lines(self):
        terminal = self.terminal()
        terminal.ask("for i in range(3):", "... ")
        terminal.ask("print(i * i)", "... ")
        # The indentation of the next line is there already.
        self.assertEqual("0\n1\n4\n", terminal.ask("\x7f"))

    def test_a_string_of_several_lines(self):
        terminal = self.terminal()
        terminal.ask("x = '''a", "... ")
        terminal.ask("b'''")
        self.assertEqual("'a\\nb'\n", terminal.ask("x"))

    def test_paste_mode(self):
        terminal = self.terminal()
        terminal.type("\x05")
        terminal.expect("paste mode")
        terminal.expect("=== ")
        terminal.type("def f():\r    return 7\r\rprint(f())\r\x04")
        self.assertIn("7\r\n", terminal.expect(">>> "))
        terminal.type("\x05")
        terminal.expect("=== ")
        terminal.type("print('not this')\x03")
        self.assertNotIn("\nnot this", terminal.expect(">>> "))

    def test_completion(self):
        terminal = self.terminal()
        terminal.ask("longname = 5")
        terminal.type("longn\t + 1\r")
        self.assertIn("longname + 1\r\r\n6\r\n", terminal.expect(">>> "))
        terminal.ask("import _thread")
        terminal.type("_thread.\t")
        listed = terminal.expect(">>> _thread.")
        for name in ("allocate_lock", "exit", "get_ident", "stack_size", "start_new_thread", "LockType"):
            self.assertIn(name, listed)


class HistoryTest(ReplCase):
    def test_arrows_go_back_and_forth(self):
        terminal = self.terminal()
        for number in (1, 2, 3):
            terminal.ask(f"{number} * 100")
        self.assertEqual("100\n", terminal.ask(UP * 3))
        self.assertEqual("300\n", terminal.ask(UP * 3 + DOWN))

    def test_it_is_kept_for_the_next_time(self):
        terminal = self.terminal()
        terminal.ask("'first'")
        terminal.ask("'second'")
        self.assertEqual(0, terminal.leave())
        self.assertEqual("'first'\n'second'\n", (self.folder / ".heddle_history").read_text())
        self.assertEqual("'first'\n", self.terminal().ask(UP + UP))

    def test_it_is_kept_after_sys_exit(self):
        terminal = self.terminal()
        terminal.ask("'first'")
        terminal.type("import sys; sys.exit(3)\r")
        self.assertEqual(3, terminal.child.process.wait(LIMIT_S))
        self.assertEqual("'first'\nimport sys; sys.exit(3)\n", (self.folder / ".heddle_history").read_text())

    def test_only_its_owner_reads_it(self):
        self.terminal().leave()
        self.assertEqual(0o600, (self.folder / ".heddle_history").stat().st_mode & 0o777)

    def test_a_home_that_is_not_there_harms_nothing(self):
        for environment in ({"HOME": "/does/not/exist"}, {"HOME": ""}):
            terminal = self.terminal(**environment)
            self.assertEqual("2\n", terminal.ask("1 + 1"))
            self.assertEqual(0, terminal.leave())


class InterruptTest(ReplCase):
    def test_ctrl_c_leaves_a_line_unfinished(self):
        terminal = self.terminal()
        terminal.type("garbage(\x03")
        terminal.expect(">>> ")
        terminal.ask("if True:", "... ")
        terminal.type("\x03")
        terminal.expect(">>> ")
        self.assertEqual("5\n", terminal.ask("5"))

    def test_ctrl_c_interrupts_what_runs(self):
        terminal = self.terminal()
        terminal.ask("import _thread, time; lock = _thread.allocate_lock(); lock.acquire()")
        for call in ("exec('while True: pass')", "time.sleep(1000)", "lock.acquire()", "lock.acquire(1, 1000)"):
            with self.subTest(call):
                terminal.type(f"print('started'); {call}\r")
                terminal.expect("started\r\n")
                time.sleep(0.05)
                terminal.type("\x03")
                said = terminal.expect(">>> ")
                self.assertTrue(said.endswith("\nKeyboardInterrupt: \r\n"), said)
        self.assertEqual("5\n", terminal.ask("5"))


class EndTest(ReplCase):
    def test_ctrl_d_is_0(self):
        self.assertEqual(0, self.terminal().leave())

    def test_sys_exit_is_its_status(self):
        for call, status in {"sys.exit(3)": 3, "sys.exit()": 0, "raise SystemExit(4)": 4}.items():
            terminal = self.terminal()
            terminal.type(f"import sys; {call}\r")
            self.assertEqual(status, terminal.child.process.wait(LIMIT_S))

    def test_the_terminal_is_as_before(self):
        for end in ("\x04", "raise SystemExit\r"):
            terminal = self.terminal()
            self.assertNotEqual(terminal.before, termios.tcgetattr(terminal.master))
            terminal.type(end)
            terminal.child.process.wait(LIMIT_S)
            self.assertEqual(terminal.before, termios.tcgetattr(terminal.master))

    def test_the_terminal_goes_away(self):
        terminal = self.terminal()
        os.close(terminal.master)
        terminal.master = os.open("/dev/null", os.O_RDWR)
        terminal.child.process.wait(LIMIT_S)


class InspectTest(ReplCase):
    def test_the_prompt_follows_the_program(self):
        script = self.write("script.py", "x = 5\nprint('ran')")
        for words, environment in (("-i", script), {}), ((script,), {"MICROPYINSPECT": "1"}):
            terminal = self.terminal(*words, **environment)
            self.assertTrue(self.banner.startswith("ran\r\nMicroPython"), self.banner)
            self.assertEqual("5\n", terminal.ask("x"))
            self.assertEqual(0, terminal.leave())

    def test_also_after_an_exception(self):
        terminal = self.terminal("-i", "-c", "y = 6; 1 / 0")
        self.assertIn("ZeroDivisionError", self.banner)
        self.assertEqual("6\n", terminal.ask("y"))


class ThreadsTest(ReplCase):
    def setUp(self):
        super().setUp()
        self.write(
            "work.py",
            """
            import _thread, time
            count = 0
            def say():
                for i in range(3):
                    time.sleep(0.1)
                    print("line", i)
            def busy():
                global count
                while True:
                    count += 1
            def fail():
                time.sleep(0.05)
                raise ValueError("failed")
            """,
        )

    def start_work(self, name):
        terminal = self.terminal()
        terminal.ask("import work, _thread")
        self.assertRegex(terminal.ask(f"_thread.start_new_thread(work.{name}, ())"), r"\A\d+\n\Z")
        return terminal

    def test_one_prints_while_the_prompt_waits(self):
        terminal = self.start_work("say")
        for i in range(3):
            terminal.expect(f"line {i}\r\n")
        self.assertEqual("2\n", terminal.ask("1 + 1"))

    def test_one_computes_while_the_prompt_waits(self):
        terminal = self.start_work("busy")
        before = int(terminal.ask("work.count"))
        time.sleep(0.1)
        self.assertGreater(int(terminal.ask("work.count")), before + 1000)
        self.assertEqual(0, terminal.leave())

    def test_one_fails_while_the_prompt_waits(self):
        terminal = self.start_work("fail")
        terminal.expect("Unhandled exception in thread started by <function fail")
        terminal.expect("ValueError: failed\r\n")
        self.assertEqual("2\n", terminal.ask("1 + 1"))


if __name__ == "__main__":
    unittest.main()
