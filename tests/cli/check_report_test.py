"""What `heddle check` and `heddle replay` print."""

import json
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

METHOD_AND_CLOSURE = """
    import _thread
    def with_counter():
        count = 0
        def add():
            nonlocal count
            count += 1
        return add
    class Adder:
        def __init__(self, add):
            self.add = add
        def run(self):
            self.add()
    add = with_counter()
    _thread.start_new_thread(add, ())
    _thread.start_new_thread(Adder(add).run, ())
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

IN_SECTIONS = """
    import _thread, machine, mutex
    total = 0
    class Sensor:
        def __init__(self):
            self.locks = {"guard": _thread.allocate_lock()}
    sensor = Sensor()
    m = mutex.Mutex()
    def tick(timer):
        global total
        if m.test():
            total += 1
            m.release()
    timer = machine.Timer(-1, mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
    with sensor.locks["guard"]:
        total += 1
"""

RING = """
    import machine, time
    ring = bytearray(4)
    head = tail = 0
    def edge(pin):
        global head
        following = (head + 1) & 3
        if following != tail:
            ring[head] = 1
            head = following
    pin = machine.Pin("X1", machine.Pin.IN)
    pin.irq(edge, machine.Pin.IRQ_RISING, hard=True)
    for _ in range(2):
        if tail != head:
            assert ring[tail] == 1
            tail = (tail + 1) & 3
        time.sleep_ms(1)
    print("over")
"""

COUNTS_FOR_EVER = """
    import _thread
    n = 0
    def count():
        global n
        while True:
            n += 1
    _thread.start_new_thread(count, ())
    count()
"""

BY_EITHER = """
    import _thread
    best = 0
    def offer(value):
        global best
        if value > best:
            best = value
    _thread.start_new_thread(offer, (3,))
    _thread.start_new_thread(offer, (5,))
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

    def test_two_touches_have_their_lines_and_locks_in_a_handler_too(self):
        self.write("sections.py", IN_SECTIONS)
        outcome = self.run_heddle("check", "--json", "result.json", "sections.py")
        self.assertEqual(1, outcome.status)
        lines = [" ".join(line.split()) for line in outcome.out.splitlines()]
        start = lines.index("timer (tick) sections.py:12 total += 1")
        self.assertEqual(
            ["writes total, holds m", "main sections.py:16 total += 1", "writes total, holds sensor.locks['guard']"],
            lines[start + 1 : start + 4],
        )
        fires = next(i for i, line in enumerate(lines) if line.endswith("11 if m.test():"))
        self.assertEqual(
            ["fires", "reads m", "tries to take m", "12 total += 1", "reads total = 0", "writes total", "13 m.release()"],
            lines[fires + 1 : fires + 8],
        )
        finding = json.loads((self.folder / "result.json").read_text())["findings"][0]
        self.assertEqual([["m"], ["sensor.locks['guard']"]], [access["locks"] for access in finding["accesses"]])
        self.assertEqual([12, 16], [access["location"]["line"] for access in finding["accesses"]])

    def test_a_replay_shows_the_recorded_one_of_a_handlers_races(self):
        self.write("ring.py", RING)
        self.assertEqual(0, self.run_heddle("check", "--json", "result.json", "ring.py").status)
        findings = json.loads((self.folder / "result.json").read_text())["findings"]
        self.assertEqual({8, 9, 10}, {finding["location"]["line"] for finding in findings})
        for finding in findings:
            outcome = self.run_heddle("replay", finding["replay"])
            self.assertEqual(1, outcome.status)
            line = finding["location"]["line"]
            self.assertIn(f"ring.py:{line}: warning: {finding['message']} [data-race]\n", outcome.out)

    def test_a_replay_shows_an_execution_of_too_many_steps(self):
        self.write("counts.py", COUNTS_FOR_EVER)
        self.assertEqual(3, self.run_heddle("check", "--max-steps", "300", "counts.py").status)
        outcome = self.run_heddle("replay", "counts.py.1.replay")
        self.assertEqual((1, ""), (outcome.status, outcome.err))
        self.assertRegex(outcome.out, r"an execution that does not end: at last .* is at counts.py:[67] \[step-limit\]\n")

    def test_a_report_names_who_does_it_in_the_schedule_that_is_shown(self):
        self.write("either.py", BY_EITHER)
        found = self.run_heddle("check", "either.py")
        headlines = [line for line in found.out.splitlines() if line.startswith("either.py:")]
        self.assertEqual(3, len(headlines))
        for i, headline in enumerate(headlines):
            self.assertEqual(headline, self.run_heddle("replay", f"either.py.{i + 1}.replay").out.splitlines()[0])

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

    def test_methods_and_closures_have_names(self):
        self.write("names.py", METHOD_AND_CLOSURE)
        outcome = self.run_heddle("check", "names.py")
        self.assertIn("thread 1 (add)", outcome.out)
        self.assertIn("thread 2 (run)", outcome.out)

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

    def test_of_a_loop_that_counts_few_turns_are_shown(self):
        self.write(
            "main.py",
            """
            import time, machine
            pressed = False
            turns = 0
            def press(pin):
                global pressed
                pressed = True
            button = machine.Pin("X1", machine.Pin.IN, machine.Pin.PULL_UP)
            button.irq(press, machine.Pin.IRQ_FALLING, hard=True)
            while not pressed:
                turns += 1
                time.sleep_ms(100)
            button.irq(None)
            assert turns < 0
            """,
        )
        self.assertEqual(1, self.run_heddle("check", "--json", "out.json", "main.py").status)
        findings = json.loads((self.folder / "out.json").read_text())["findings"]
        self.assertEqual(["assertion", "data-race"], [finding["kind"] for finding in findings])
        for finding in findings:
            self.assertLess(len(finding["interleaving"]), 100)


if __name__ == "__main__":
    unittest.main()
