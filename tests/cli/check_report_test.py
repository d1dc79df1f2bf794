"""What `heddle check` and `heddle replay` print."""

import unittest

from heddle import Case

CROSSED = """
    import _thread
    a = _thread.allocate_lock()
    b = _thread.allocate_lock()
    def one():
        with a:
            with b: pass
    def two():
        with b:
            with a: pass
    _thread.start_new_thread(one, ())
    _thread.start_new_thread(two, ())
"""

INTERRUPTED = """
    import _thread, micropython, time
    inner, outer = _thread.allocate_lock(), _thread.allocate_lock()
    def call(_):
        with inner:
            with outer:
                pass
    def main():
        outer.acquire()
        micropython.schedule(call, None)
        time.sleep_ms(1)
    main()
"""

IN_HANDLER = """
    import _thread, machine
    lock = _thread.allocate_lock()
    def tick(timer):
        lock.acquire()
    timer = machine.Timer(-1)
    timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
    lock.acquire()
    lock.release()
"""

NEEDS_HEAP = """
    import machine
    level = 1
    def tick(timer):
        global level
        level = level * 0.5
    timer = machine.Timer(-1, period=1, callback=tick, hard=True)
"""

AT_END = """
    import _thread, heddle
    _thread.start_new_thread(print, ())
    @heddle.at_end
    def look():
        assert False
"""


class ReportTest(Case):
    def test_what_a_handler_needs_the_heap_for(self):
        self.write("heap.py", NEEDS_HEAP)
        outcome = self.run_heddle("check", "heap.py")
        self.assertEqual(1, outcome.status)
        self.assertIn(
            "heap.py:6: error: in a hard handler, the float result of * needs the heap. Use integers, or compute it "
            "outside the handler [isr-alloc]\n",
            outcome.out,
        )

    def test_functions_of_at_end_run_in_main(self):
        self.write("end.py", AT_END)
        outcome = self.run_heddle("check", "end.py")
        self.assertEqual(1, outcome.status)
        self.assertIn("end.py:6: error: AssertionError in main [assertion]\n", outcome.out)

    def test_a_deadlock_names_who_holds_what_since_which_line(self):
        script = self.write("crossed.py", CROSSED)
        outcome = self.run_heddle("check", "crossed.py")
        self.assertEqual((1, ""), (outcome.status, outcome.err))
        self.assertIn("thread 1 (one) waits for b at crossed.py:7, held since crossed.py:9 by thread 2 (two)", outcome.out)
        self.assertIn("thread 2 (two) waits for a at crossed.py:10, held since crossed.py:6 by thread 1 (one)", outcome.out)
        self.assertTrue(script.exists())

    def test_a_deadlock_names_whom_the_callback_interrupts(self):
        self.write("interrupted.py", INTERRUPTED)
        outcome = self.run_heddle("check", "interrupted.py")
        self.assertEqual(1, outcome.status)
        self.assertIn("callback (call) waits for outer at interrupted.py:6, held since interrupted.py:9 by main", outcome.out)
        self.assertIn("main waits at interrupted.py:11, until callback (call) is over", outcome.out)

    def test_a_handler_that_waits_names_who_holds_the_lock(self):
        self.write("in_handler.py", IN_HANDLER)
        outcome = self.run_heddle("check", "in_handler.py")
        self.assertEqual(1, outcome.status)
        self.assertIn("timer (tick) waits for lock at in_handler.py:5, held since in_handler.py:8 by main", outcome.out)
        self.assertIn("main waits at in_handler.py:8, until timer (tick) is over", outcome.out)

    def test_a_replay_shows_it_until_the_script_changes(self):
        self.write("crossed.py", CROSSED)
        self.run_heddle("check", "crossed.py")
        replays = sorted(self.folder.glob("*.replay"))
        for _ in range(2):
            outcomes = [self.run_heddle("replay", file) for file in replays]
            self.assertTrue(any("[deadlock]" in outcome.out for outcome in outcomes))
        self.write("crossed.py", CROSSED + "\n    print(1)\n")
        self.check_usage_error(self.run_heddle("replay", replays[0]), "the script has changed since")

    def test_a_board_of_ones_own_is_replayed_by_its_file(self):
        self.write("mine.toml", 'base = "pyboard"\n')
        self.write("crossed.py", CROSSED)
        self.assertEqual(1, self.run_heddle("check", "--board", "./mine.toml", "crossed.py").status)
        replays = sorted(self.folder.glob("*.replay"))
        outcomes = [self.run_heddle("replay", file) for file in replays]
        self.assertTrue(any("[deadlock]" in outcome.out for outcome in outcomes))
        self.write("mine.toml", 'base = "pyboard"\nschedule_depth = 4\n')
        self.check_usage_error(self.run_heddle("replay", replays[0]), "has changed since")

    def test_bad_input_is_one_line(self):
        self.write("cut.replay", '{"version": 1, "scr')
        for words, said in (
            (("check", "nowhere.py"), "nowhere.py"),
            (("check", "--irqs", "x", "a.py"), "--irqs"),
            (("check",), "program is required"),
            (("replay", "nowhere.replay"), "nowhere.replay"),
            (("replay", "cut.replay"), "cut.replay"),
        ):
            with self.subTest(words=words):
                self.check_usage_error(self.run_heddle(*words), said)


if __name__ == "__main__":
    unittest.main()
