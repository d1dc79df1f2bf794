#!/usr/bin/env python3
"""The image of one board, named by HEDDLE_TARGET: the promises of SPEC.md on it, and what is said of it in docs/."""

import os
import re
import subprocess
import unittest

import measure
from board import HUNG, ROOT, Board, blob_of

TARGET = os.environ.get("HEDDLE_TARGET", "mps2-an385")

CONFORMANCE = ROOT / "tests/conformance"

ARGUMENTS = {"stress_api": ("300", "1")}

MOST_THREAD_BYTES = 6 * 1024
MOST_SWITCH_INSTRUCTIONS = 80
MOST_HANDLER_INSTRUCTIONS = 1000

LIVE_THREADS = b"""
import _thread, time
lock = _thread.allocate_lock()
def wait():
    while True:
        with lock:
            [i for i in range(20)]
        time.sleep_ms(1)

def work():
    while True:
        pass

for body in (wait, wait, work, work):
    _thread.start_new_thread(body, ())
time.sleep_ms(20)
print("live")
"""

REPEATABLE = """
import _thread, time
order = []
ended = []
def work(me):
    for i in range(200):
        order.append(me)
        if i % 50 == me:
            time.sleep_ms(1)
    ended.append(me)

start = time.ticks_us()
for me in range(4):
    _thread.start_new_thread(work, (me,))
while len(ended) < 4:
    time.sleep_ms(1)
print("".join(str(me) for me in order), time.ticks_diff(time.ticks_us(), start))
"""

# The instructions cpsid i and cpsie i.
MASKED_SLEEP = """
import micropython, time
@micropython.asm_thumb
def mask():
    data(2, 0xB672)

@micropython.asm_thumb
def unmask():
    data(2, 0xB662)

mask()
start = time.ticks_us()
time.sleep_ms(7)
elapsed = time.ticks_diff(time.ticks_us(), start)
unmask()
print(7000 <= elapsed < 9000 or elapsed)
"""

LARGE_STACKS = """
import _thread
for size in (1 << 20, 1 << 28, (1 << 30) - 1):
    _thread.stack_size(size)
    try:
        _thread.start_new_thread(print, ())
    except RuntimeError as error:
        print(isinstance(error, OSError), error.args[1])
_thread.stack_size(0)
ended = _thread.allocate_lock()
ended.acquire()
def work():
    print("started")
    ended.release()
_thread.start_new_thread(work, ())
ended.acquire()
"""

INTERPRETER = """
import _thread
held = _thread.allocate_lock()
held.acquire()
"""


class ImageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.board = Board(TARGET)
        cls.core = measure.architecture_of(cls.board)

    def check(self, text, status, output, **options):
        outcome = self.board.run(text, **options)
        self.assertEqual((outcome.status, outcome.output), (status, output))


class ScriptTest(ImageTest):
    def test_end(self):
        self.check("print(1)", 0, "1\n")

    def test_exit_status(self):
        self.check("import sys\nsys.exit(7)", 7, "")
        self.check("import sys\nsys.exit()", 0, "")

    def test_exception(self):
        traceback = 'Traceback (most recent call last):\n  File "a.py", line 2, in <module>\nValueError: no\n'
        self.check("\nraise ValueError('no')", 1, traceback, name="a.py")

    def test_syntax_error(self):
        outcome = self.board.run("a = = 1")
        self.assertEqual(outcome.status, 1)
        self.assertIn("SyntaxError", outcome.output)

    def test_arguments(self):
        outcome = self.board.run("import sys\nprint(sys.argv)", "one", "two three", name="a.py")
        self.assertEqual(outcome.output, "['a.py', 'one', 'two three']\n")

    def test_end_with_live_threads(self):
        self.check(LIVE_THREADS, 0, "live\n")

    def test_what_is_no_script(self):
        whole = blob_of(b"print(1)", ("a.py",))
        for broken in (whole[:4] + b"\xff" * 8 + whole[12:], whole[:4] + b"\0" * 4 + whole[8:]):
            path = ROOT / "build" / f"no-script-{TARGET}"
            path.write_bytes(broken)
            address = self.board.values["SCRIPT_ADDRESS"]
            outcome = self.board.emulate("-device", f"loader,file={path},addr={address},force-raw=on")
            path.unlink()
            self.assertEqual(outcome, (2, "heddle: what lies in memory is no script\n"))

    def test_a_script_without_end(self):
        self.assertEqual(self.board.run("print(1)\nwhile True: pass", limit=3), (HUNG, "1\n"))

    def test_fault(self):
        nowhere = {"cortex_m": 0x7FFFFFF0, "rv32": 0}[self.core]
        outcome = self.board.run(f"import machine\nmachine.mem32[{nowhere}]")
        self.assertIn(outcome.status, (1, 255))
        self.assertRegex(outcome.output, "has faulted at|EXCEPTION CAUGHT")


class ConformanceTest(ImageTest):
    def test_scripts(self):
        scripts = sorted(CONFORMANCE.glob("*.py"))
        self.assertGreater(len(scripts), 10)
        for script in scripts:
            with self.subTest(script.name):
                # On a clock that counts instructions: how busy this machine is makes no difference.
                arguments = ARGUMENTS.get(script.stem, ())
                outcome = self.board.run(script.read_bytes(), *arguments, name=script.name, icount=True)
                self.assertRegex(outcome.output, r"PASS \d+ checks\n$")
                self.assertEqual(outcome.status, 0)

    def test_modules_are_ours(self):
        self.check("import _thread, mutex\nprint(_thread.TIMEOUT_MAX, mutex.Mutex().test())", 0, "4294967 True\n")

    def test_sleep_with_interrupts_masked(self):
        if not TARGET.startswith("mps2-"):
            self.skipTest("the board has no inline assembler for Thumb, with which this masks interrupts")
        self.check(MASKED_SLEEP, 0, "True\n", icount=True)

    def test_two_runs_are_the_same(self):
        first, second = (self.board.run(REPEATABLE, icount=True) for _ in range(2))
        self.assertEqual(first, second)
        self.assertRegex(first.output, r"^[0-3]{800} \d+\n$")
        # Turns were taken, not only one thread after the other.
        self.assertGreater(len(re.findall(r"01|12|23|30", first.output)), 8)


class LimitsTest(ImageTest):
    """What the board has no room for is an error of the script, not the end of the board."""

    def test_stacks_that_the_board_cannot_give(self):
        """S12"""
        self.check(LARGE_STACKS, 0, "True can't start new thread\n" * 3 + "started\n")

    def test_a_script_that_the_heap_has_no_room_for(self):
        outcome = self.board.run("x = (" + "'a', " * 100_000 + ")")
        self.assertEqual(outcome.status, 1)
        # There is none for all of the text either.
        self.assertRegex(outcome.output, r"\AMemoryError: memory alloc[^\n]*\n\Z")


class PromptTest(ImageTest):
    def test_soft_resets_with_live_threads(self):
        count = 20
        serial = b"\x01" + (LIVE_THREADS + b"\x04\x04") * count + b"import machine\nprint('end')\nmachine.reset()\n\x04"
        outcome = self.board.emulate(serial=serial)
        self.assertEqual(outcome.status, 0)
        self.assertEqual(outcome.output.count("live\n"), count)
        self.assertEqual(outcome.output.count("MPY: soft reboot\n"), count)
        self.assertIn("end\n", outcome.output)

    def test_control_c_ends_a_wait(self):
        """S24"""
        lines = (b"\x01" + INTERPRETER.encode() + b"print('waits')\nheld.acquire()\n\x04", b"\x03",
                 b"import machine\nprint('goes on')\nmachine.reset()\n\x04")  # fmt: skip
        with subprocess.Popen(self.board.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as emulator:  # fmt: skip
            try:
                seen = b""
                for line, answer in zip(lines, (b"waits\r\n", b"KeyboardInterrupt:", b"goes on\r\n")):
                    emulator.stdin.write(line)
                    emulator.stdin.flush()
                    while answer not in seen:
                        byte = emulator.stdout.read(1)
                        self.assertTrue(byte, seen)
                        seen += byte
                self.assertEqual(emulator.wait(10), 0)
            finally:
                emulator.kill()


class CodeTest(ImageTest):
    def test_no_static_needs_code_before_main(self):
        symbols = self.board.tool("nm", self.board.image)
        self.assertIn("mp_state_ctx", symbols)
        self.assertNotIn("_GLOBAL__sub_I", symbols)
        self.assertNotIn(".init_array", self.board.tool("objdump", "-h", self.board.image))

    def test_sizes_and_speeds(self):
        taken = measure.sizes(self.board)
        self.assertTrue(all(flash + ram for flash, ram in taken.values()), taken)
        self.assertLessEqual(taken["`_thread` with its kernel"][0], MOST_THREAD_BYTES)
        self.assertEqual(taken["`mutex`"][1], 0)
        counts = measure.instructions(self.board)
        self.assertLessEqual(counts[measure.SWITCH], MOST_SWITCH_INSTRUCTIONS)
        self.assertLess(counts[measure.HANDLER], MOST_HANDLER_INSTRUCTIONS)
        self.maxDiff = None
        self.assertEqual(measure.column_of(taken, counts), measure.documented(0, TARGET), "see tools/firmware-sizes")


if __name__ == "__main__":
    unittest.main()
