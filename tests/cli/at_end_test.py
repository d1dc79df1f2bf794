"""heddle.at_end(): what a program checks when all its threads are over."""

import time
import unittest

from heddle import Case


class AtEndTest(Case):
    def test_in_order_after_the_last_thread(self):
        self.check_prints(
            """
            import _thread, heddle, time
            def work(name, seconds):
                time.sleep(seconds)
                print(name)
            heddle.at_end(lambda: print("first"))
            heddle.at_end(lambda: _thread.start_new_thread(work, ("late", 0.02)) and None)
            heddle.at_end(lambda: print("last"))
            _thread.start_new_thread(work, ("b", 0.1))
            _thread.start_new_thread(work, ("a", 0.02))
            print("main")
            """,
            """
            main
            a
            b
            first
            late
            last
            """,
        )

    def test_interrupts_come_until_then(self):
        self.check_prints(
            """
            import _thread, heddle, time
            from machine import Pin
            import heddle.board as board
            pin, line = Pin("X1", Pin.IN, Pin.PULL_DOWN), board.pin("X1")
            pin.irq(lambda pin: print(pin()), Pin.IRQ_RISING)
            def press():
                time.sleep(0.02)
                line.value(1)
                time.sleep(0.02)
            heddle.at_end(lambda: print("end"))
            _thread.start_new_thread(press, ())
            """,
            """
            1
            end
            """,
        )

    def test_a_failure_is_an_error_and_the_others_are_called(self):
        outcome = self.run_code(
            """
            import heddle
            def check():
                assert 1 + 1 == 3, "sums"
            heddle.at_end(check)
            heddle.at_end(lambda: print("called"))
            """
        )
        self.assertEqual((1, "called\n"), outcome[:2])
        self.assertRegex(outcome.err, r"\ATraceback [^\n]+\n[^\n]+line 4, in check\nAssertionError: sums\n\Z")

    def test_an_exit_status(self):
        code = "import heddle, sys\nheddle.at_end(lambda: sys.exit({}))\nheddle.at_end(lambda: print('called'))"
        for status in (0, 5):
            with self.subTest(status):
                self.assertEqual((status, "called\n", ""), self.run_code(code.format(status)))

    def test_not_after_a_failure_of_the_script(self):
        for end, status in {"raise ValueError('no')": 1, "sys.exit(3)": 3, "sys.exit(0)": 0}.items():
            with self.subTest(end):
                outcome = self.run_code(f"import heddle, sys\nheddle.at_end(lambda: print('called'))\n{end}")
                self.assertEqual((status, "" if status else "called\n"), outcome[:2])

    def test_without_it_nobody_waits_for_threads(self):
        begin = time.monotonic()
        self.check_prints("import _thread, time\n_thread.start_new_thread(time.sleep, (10,))", "")
        self.assertLess(time.monotonic() - begin, 5)

    def test_the_exit_function_comes_after_it(self):
        self.check_prints(
            """
            import heddle, sys
            sys.atexit(lambda: print("exit"))
            heddle.at_end(lambda: print("end"))
            """,
            """
            end
            exit
            """,
        )

    def test_ctrl_c_ends_the_wait(self):
        child = self.start_code(
            """
            import _thread, heddle, time
            heddle.at_end(lambda: print("called"))
            _thread.start_new_thread(time.sleep, (1000,))
            print("waits")
            """
        )
        child.expect("waits")
        time.sleep(0.2)
        child.interrupt()
        outcome = child.end()
        self.assertEqual((1, "waits\n"), outcome[:2])
        self.assertIn("KeyboardInterrupt", outcome.err)


if __name__ == "__main__":
    unittest.main()
