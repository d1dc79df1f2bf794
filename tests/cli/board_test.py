"""The simulated board from outside: which one, what the outside does to it, what is told of it."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import time
import unittest

from heddle import HEDDLE, Case

NAMES = ["esp32", "pyboard", "pycom", "rp2", "unix"]

TICKS = """
    from machine import Timer
    import time
    count = 0
    def tick(t):
        global count
        count += 1
    timer = Timer(-1)
    timer.init(period=1, callback=tick, hard=True)
"""


class BoardsTest(Case):
    def test_the_list_names_each_board(self):
        outcome = self.run_heddle("boards")
        self.assertEqual((0, ""), (outcome.status, outcome.err))
        self.assertEqual(NAMES, [line.split()[0] for line in outcome.out.splitlines()])

    def test_a_profile_is_printed_and_can_be_used(self):
        text = self.run_heddle("boards", "rp2").out
        file = self.write("mine.toml", text)
        self.assertEqual(
            (0, "True\n", ""), self.run_heddle("--board", file, "-c", "import machine; print('Timer' in dir(machine))")
        )

    def test_unknown_ones_are_told_with_the_known(self):
        for words in (("boards", "nope"), ("--board", "nope", "-c", "pass")):
            outcome = self.run_heddle(*words)
            self.assertEqual((2, ""), (outcome.status, outcome.out))
            self.assertEqual(1, outcome.err.count("\n"))
            self.assertIn("unknown board 'nope'; known are " + ", ".join(NAMES), outcome.err)

    def test_more_than_one_name_is_an_error(self):
        self.assertEqual(2, self.run_heddle("boards", "rp2", "esp32").status)
        self.assertEqual(0, self.run_heddle("boards", "--help").status)

    def test_a_wrong_field_is_told_with_file_and_line(self):
        file = self.write("bad.toml", 'base = "rp2"\ntimer = 3\n')
        outcome = self.run_heddle("--board", file, "-c", "pass")
        self.assertEqual(2, outcome.status)
        self.assertIn(f"{file}:2: unknown field 'timer'", outcome.err)
        self.assertEqual(1, outcome.err.count("\n"))

    def test_the_environment_names_the_usual_one(self):
        code = "import machine; print('Timer' in dir(machine))"
        for board, answer in (("unix", "False\n"), ("rp2", "True\n")):
            run = subprocess.run(
                [HEDDLE, "-c", code], env={"HEDDLE_BOARD": board}, capture_output=True, text=True, timeout=15
            )
            self.assertEqual((answer, ""), (run.stdout, run.stderr))


class ProfileTest(Case):
    def on(self, board, code):
        return self.run_heddle("--board", board, "-c", code)

    def test_what_a_board_has_not_is_missing(self):
        for board, code, error in (
            ("rp2", "import pyb", "ImportError: no module named 'pyb'"),
            ("unix", "import machine; machine.Timer", "AttributeError: 'module' object has no attribute 'Timer'"),
            ("esp32", "from machine import Timer; Timer(0, hard=True)", "TypeError: extra keyword arguments given"),
            ("esp32", "from machine import Timer; Timer(4)", "ValueError: invalid Timer number"),
            ("rp2", "from machine import Timer; Timer(0)", "ValueError: Timer doesn't exist"),
        ):
            with self.subTest(board=board, code=code):
                outcome = self.on(board, code)
                self.assertEqual(1, outcome.status)
                self.assertTrue(outcome.err.endswith(error + "\n"), outcome.err)

    def test_modules_cannot_be_changed(self):
        outcome = self.on("pyboard", "import machine; machine.Timer = 1")
        self.assertIn("AttributeError", outcome.err)

    def test_rp2_has_one_more_thread(self):
        code = (
            "import _thread, time\n"
            "_thread.start_new_thread(time.sleep, (5,))\n"
            "try:\n    _thread.start_new_thread(print, ())\n"
            "except OSError as error:\n    print(error.args[1])\n"
        )
        self.assertEqual((0, "core1 in use\n", ""), self.on("rp2", code))
        self.assertEqual(0, self.on("pyboard", code.replace("print(error", "raise (error")).status)

    def test_the_queue_is_as_deep_as_the_boards(self):
        code = (
            "import micropython\n"
            "def f(_):\n"
            "    n = 0\n"
            "    try:\n"
            "        while 1:\n            micropython.schedule(print, 'x')\n            n += 1\n"
            "    except RuntimeError as error:\n        print(n, error)\n"
            "micropython.schedule(f, 0)\n"
        )
        for board, depth in (("unix", 4), ("pyboard", 8), ("rp2", 8)):
            self.assertTrue(self.on(board, code).out.startswith(f"{depth} schedule queue full\n"))

    def test_periods_that_cannot_be_are_errors(self):
        for words in ("period=0", "period=-1", "freq=0", "freq=-2.5", "tick_hz=0, period=5"):
            outcome = self.on("pyboard", f"from machine import Timer; Timer(-1, callback=print, {words})")
            self.assertIn("ValueError: ", outcome.err, words)

    def test_more_timers_than_there_are(self):
        code = "from machine import Timer\nfor i in range(200): Timer(-1, period=9999, callback=print)\n"
        outcome = self.on("rp2", code)
        self.assertEqual(1, outcome.status)
        self.assertIn("OSError: [Errno 12] ENOMEM", outcome.err)


class HandlerTest(Case):
    def test_an_exception_is_printed_once_and_ends_the_source(self):
        outcome = self.run_code(
            """
            from machine import Timer
            import time
            t = Timer(-1)
            t.init(period=1, hard=True, callback=lambda t: 1 // 0)
            time.sleep_ms(20)
            print("goes on")
            """
        )
        self.assertEqual((0, "goes on\n"), outcome[:2])
        self.assertEqual(1, outcome.err.count("Uncaught exception in IRQ callback handler\n"))
        self.assertEqual(1, outcome.err.count("ZeroDivisionError"))

    def test_issue_6691_says_who_holds_the_lock(self):
        script = self.write(
            "main.py",
            "import _thread, time\n"
            "from machine import Timer\n"
            "lock = _thread.allocate_lock()\n"
            "def handler(t):\n"
            "    with lock: pass\n"
            "t = Timer(-1)\n"
            "t.init(period=1, hard=True, callback=handler)\n"
            "with lock:\n"
            "    time.sleep_ms(20)\n",
        )
        outcome = self.run_heddle(script)
        self.assertEqual(0, outcome.status)
        self.assertIn(
            "RuntimeError: would wait for ever in an interrupt handler: the main thread holds it since line 8 of main.py\n",
            outcome.err,
        )

    def test_ctrl_c_reaches_the_program_not_the_handler(self):
        child = self.start_code(TICKS + "\n    print('ready')\n    while True: pass\n")
        child.expect("ready")
        child.interrupt()
        outcome = child.end()
        self.assertIn("KeyboardInterrupt", outcome.err)
        self.assertNotIn("Uncaught exception in IRQ", outcome.err)

    def interrupt_handler(self, hard):
        """Ctrl-C while a handler has the mutex."""
        child = self.start_code(
            f"""
            from machine import Timer
            import mutex, time
            m = mutex.Mutex()
            def tick(t):
                m.test()
                print('in')
                end = time.ticks_ms() + 1000
                while time.ticks_ms() < end: pass
                m.release()
            timer = Timer(-1)
            timer.init(mode=Timer.ONE_SHOT, period=10, callback=tick, hard={hard})
            try:
                while True: pass
            except KeyboardInterrupt:
                print('interrupted', m.test())
            """
        )
        child.expect("in")
        child.interrupt()
        return child.end()

    def test_ctrl_c_waits_for_the_end_of_a_hard_handler(self):
        self.assertEqual((0, "in\ninterrupted True\n", ""), self.interrupt_handler(hard=True))

    def test_ctrl_c_ends_a_callback_and_is_the_programs(self):
        self.assertEqual((0, "in\ninterrupted False\n", ""), self.interrupt_handler(hard=False))

    def test_ctrl_c_ends_a_sleep_with_interrupts_disabled(self):
        child = self.start_code(
            "import machine, time\nmachine.disable_irq()\nprint('in')\n"
            "try:\n    time.sleep(100)\nexcept KeyboardInterrupt:\n    print('interrupted')\n"
        )
        child.expect("in")
        time.sleep(0.05)
        child.interrupt()
        self.assertEqual((0, "in\ninterrupted\n", ""), child.end(limit_s=5))

    def test_interrupts_at_the_end_of_the_stack_crash_nothing(self):
        # Comparing nested lists is C code that does not look at the limit. In the small heap the exception of that is
        # now and then one allocation too many.
        for heap in ("1m", "64m"):
            outcome = self.run_code(
                TICKS
                + """
    def nest():
        inner = []
        for _ in range(8000):
            inner = [inner]
        return inner
    one, two = nest(), nest()
    end = time.ticks_ms() + 1000
    while time.ticks_ms() < end:
        try:
            one == two
        except RuntimeError:
            pass
    print(count > 10)
""",
                "-X",
                "heapsize=" + heap,
            )
            self.assertEqual((0, "True\n", ""), outcome)

    def test_a_callback_that_waits_while_the_program_reads_holds_no_hard_handler_up(self):
        child = self.start_code(
            TICKS
            + """
    def wait(t):
        before = count
        time.sleep_ms(100)
        print(count - before > 5)
    Timer(-1).init(mode=Timer.ONE_SHOT, period=10, callback=wait)
    input()
"""
        )
        child.expect("True|False")
        child.send("\n")
        self.assertEqual("True", child.end().out.split()[0])

    def test_the_prompt_keeps_handlers_running(self):
        outcome = self.run_heddle("-i", "-c", "pass", input="from machine import Timer\n")
        self.assertEqual(0, outcome.status)


class StatisticsTest(Case):
    def test_each_line_is_counted_and_the_sum(self):
        outcome = self.run_code(TICKS + "\n    time.sleep_ms(50)\n    timer.deinit()\n    print(count)\n", "--stats")
        rows = {line[:12].strip(): line[12:].split() for line in outcome.err.splitlines()}
        self.assertEqual(["fired", "late", "dropped", "deferred"], rows["interrupts"])
        self.assertEqual(outcome.out.strip(), rows["timer 0"][0])
        self.assertEqual(rows["timer 0"], rows["all"])

    def test_put_off_and_merged_ones_are_told(self):
        outcome = self.run_code(
            """
            from machine import Timer, disable_irq, enable_irq
            import mutex, time
            m = mutex.Mutex()
            t = Timer(-1)
            t.init(period=1, hard=True, callback=lambda t: m.test() and m.release())
            with m:
                time.sleep_ms(20)
            state = disable_irq()
            time.sleep_ms(20)
            enable_irq(state)
            """,
            "--stats",
        )
        fired, _, dropped, deferred = map(int, outcome.err.splitlines()[-1].split()[1:])
        self.assertGreater(deferred, 5)
        self.assertGreater(dropped, 5)
        self.assertGreaterEqual(fired, deferred)


SCENE = """
edges = [{ at = "20ms", pin = "X1", level = 1 }, { at = "30ms", pin = "X1", level = 0 }]
[[button]]
pin = "SW"
press = "40ms"
hold = "10ms"
"""

EDGES = """
    from machine import Pin
    import time
    seen = []
    p = Pin('X1', Pin.IN)
    p.irq(lambda p: seen.append(p.value()), Pin.IRQ_RISING | Pin.IRQ_FALLING)
    time.sleep_ms(100)
    print(seen)
"""


class SceneTest(Case):
    def test_edges_come(self):
        scene = self.write("scene.toml", SCENE)
        self.assertEqual((0, "[1, 0]\n", ""), self.run_code(EDGES, "--scene", scene))

    def test_a_recording_replays(self):
        drive = "\n    import heddle.board as board\n    time.sleep_ms(30)\n    board.pin('X1').value(1)\n    time.sleep_ms(5)\n    board.pin('X1').value(0)\n    time.sleep_ms(5)\n"
        recorded = self.write("recorded.toml", "")
        code = EDGES.replace("    time.sleep_ms(100)\n", drive)
        self.assertEqual((0, "[1, 0]\n", ""), self.run_code(code, "--record-scene", recorded))
        self.assertEqual((0, "[1, 0]\n", ""), self.run_code(EDGES, "--scene", recorded))

    def test_what_is_wrong_is_told_with_file_and_line(self):
        for text, words in (
            ("[[button]]\npin = 'X99'\npress = 5\n", ":2: "),
            ("[[buton]]\n", ":1: unknown"),
            ("edges = [{ at = '-3ms', pin = 'X1', level = 1 }]\n", ":1: "),
            ("edges = [\n", ":"),
        ):
            scene = self.write("bad.toml", text)
            outcome = self.run_heddle("--scene", scene, "-c", "print(1)")
            self.assertEqual((2, ""), outcome[:2], text)
            self.assertIn(str(scene) + words, outcome.err)
            self.assertEqual(1, outcome.err.count("\n"))

    def test_missing_and_unwritable_files(self):
        outcome = self.run_heddle("--scene", "nowhere.toml", "-c", "print(1)")
        self.assertEqual((2, ""), outcome[:2])
        self.assertIn("nowhere.toml", outcome.err)
        outcome = self.run_heddle("--record-scene", "no/such/folder.toml", "-c", "print(1)")
        self.assertEqual((1, "1\n"), outcome[:2])
        self.assertIn("can't write 'no/such/folder.toml'", outcome.err)


class WatchTest(Case):
    CODE = (
        "from machine import Pin\nimport time\np = Pin('X1', Pin.OUT)\n"
        "for i in range(3):\n    p.value(i & 1)\n    time.sleep_ms(150)\n"
    )

    def test_changes_are_lines_where_there_is_no_terminal(self):
        outcome = self.run_heddle("--watch", "-c", self.CODE)
        self.assertEqual((0, ""), outcome[:2])
        levels = re.findall(r"^\d+\.\d{3} s  fired .*; X1 out (\d)", outcome.err, re.MULTILINE)
        self.assertEqual(["0", "1", "0"], levels)

    def test_a_terminal_has_it_in_its_last_lines(self):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        process = subprocess.Popen([HEDDLE, "--watch", "-c", self.CODE], stdout=subprocess.DEVNULL, stderr=slave)
        os.close(slave)
        shown = b""
        try:
            while chunk := os.read(master, 4096):
                shown += chunk
        except OSError:
            pass  # the other end is closed
        os.close(master)
        self.assertEqual(0, process.wait(15))
        self.assertIn(b"\x1b[1;20r", shown)
        self.assertIn(b"\x1b[23;1H\x1b[2KX1 out 1", shown)
        self.assertTrue(shown.rstrip().endswith(b"\x1b[24;1H\x1b[2K"), shown[-80:])


class StayTest(Case):
    def test_handlers_go_on_after_the_programs_end(self):
        outcome = self.run_code(TICKS, "--stay", "0.1", "--stats")
        self.assertGreater(int(outcome.err.splitlines()[-1].split()[1]), 50)

    def test_a_bad_time_is_an_error(self):
        for text in ("-1", "x", "1e99"):
            self.assertEqual(2, self.run_heddle("--stay", text, "-c", "pass").status)


if __name__ == "__main__":
    unittest.main()
