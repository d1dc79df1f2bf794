"""Ctrl-C reaches the main thread, once, whatever that thread is at (S24)."""

import os
import signal
import time
import unittest

from heddle import BlockingCase, Case

SETTING = (
    BlockingCase.SETTING
    + """
ticks = 0
def tick():
    global ticks
    while True:
        ticks += 1
        time.sleep_ms(1)

def loop():
    while True:
        pass

def endless():
    while True:
        yield 1

def enter():
    with taken:
        pass

def wait():
    {wait}

_thread.start_new_thread(tick, ())
"""
)

WAITS = {
    "a loop": "loop()",
    "a loop in a comprehension": "[i for i in endless() if not i]",
    "a loop in a callback of C": "sorted(range(3), key=lambda i: loop())",
    "printing": "for i in endless(): print(end='')",
    "collecting garbage": "import gc\n    while True: gc.collect()",
    "starting threads": "while True: _thread.start_new_thread(int, ())",
}
WAITS |= {name: call for name, call in BlockingCase.CALLS.items() if name != "os.system"}


class InterruptCase(BlockingCase):
    def check_one_interrupt(self, told):
        self.assertRegex(told, r"\ATraceback \(most recent call last\):\n(  File .*\n)+KeyboardInterrupt: \n\Z")


class InterruptTest(InterruptCase):
    def start_waiting(self, wait, body):
        child = self.start_code(SETTING.format(wait=wait) + body)
        child.expect("waiting 1\n")
        time.sleep(0.05)
        return child

    def test_uncaught_it_ends_the_program_with_1_and_a_traceback(self):
        for name, wait in WAITS.items():
            with self.subTest(name):
                child = self.start_waiting(wait, "print('waiting', 1)\nwait()\nprint('not reached')")
                child.interrupt()
                outcome = child.end(limit_s=3, close=False)
                self.assertEqual((1, "waiting 1\n"), outcome[:2])
                self.check_one_interrupt(outcome.err)

    CATCH = """
caught = 0
for attempt in (1, 2, 3):
    try:
        print("waiting", attempt)
        wait()
    except KeyboardInterrupt:
        caught += 1
        before = ticks
        time.sleep_ms(50)
        print("caught", caught, "others went on:", ticks > before)
sys.exit(9)
"""

    def test_caught_it_is_over_and_the_next_one_works(self):
        for name, wait in WAITS.items():
            with self.subTest(name):
                child = self.start_waiting(wait, self.CATCH)
                for number in (1, 2, 3):
                    child.expect(f"waiting {number}\n")
                    time.sleep(0.05)
                    self.assertNotIn(f"caught {number}", child.said())
                    child.interrupt()
                    child.expect(f"caught {number} others went on: True\n", limit_s=3)
                self.assertEqual((9, ""), child.end(limit_s=3)[::2])

    def test_other_threads_are_not_interrupted(self):
        for name in ("a loop", "sleep", "acquire", "stdin.read", "accept", "recv", "poll", "reading a fifo"):
            with self.subTest(name):
                body = """
def other():
    try:
        wait()
    except BaseException as error:
        print("other", repr(error))
_thread.start_new_thread(other, ())
time.sleep_ms(50)
try:
    print("waiting 1")
    time.sleep(1000)
except KeyboardInterrupt:
    print("main")
time.sleep_ms(50)
"""
                child = self.start_waiting(WAITS[name], body)
                child.interrupt()
                self.assertEqual((0, "waiting 1\nmain\n", ""), child.end(limit_s=3, close=False))

    def test_what_was_waited_for_is_not_lost(self):
        body = """
try:
    print("waiting 1")
    wait()
except KeyboardInterrupt:
    print("caught", lock.locked())
_thread.start_new_thread(lock.release, ())
print(lock.acquire(True, 5), lock.locked())
lock.release()
print(lock.locked(), lock.acquire(0))
"""
        for wait in ("lock.acquire()", "lock.acquire(True, 1000)", "lock.__enter__()"):
            with self.subTest(wait):
                child = self.start_waiting(wait, body)
                child.interrupt()
                self.assertEqual((0, "waiting 1\ncaught True\nTrue True\nFalse True\n", ""), child.end())

    def test_a_command_of_the_same_terminal_is_interrupted_instead(self):
        child = self.start_waiting("print(os.system('sleep 1000') != 0)", "print('waiting', 1)\nwait()\nprint('on')")
        os.killpg(child.process.pid, signal.SIGINT)
        self.assertEqual((0, "waiting 1\nTrue\non\n", ""), child.end(limit_s=3))


class ManyTest(InterruptCase):
    CODE = """
import _thread, select, sys, time
lock = _thread.allocate_lock()
lock.acquire()
poller = select.poll()
poller.register(sys.stdin, select.POLLIN)
shared = []

def other(i):
    while True:
        shared.append([i] * 10)
        if len(shared) > 50:
            shared.clear()
        {wait}

def wait():
    {wait}

for i in range({threads}):
    _thread.start_new_thread(other, (i,))
print("ready")
caught = 0
end = time.ticks_add(time.ticks_ms(), 700)
while time.ticks_diff(end, time.ticks_ms()) > 0:
    try:
        wait()
    except KeyboardInterrupt:
        caught += 1
print("end", caught > 0)
"""

    def flood(self, wait, threads):
        child = self.start_code(self.CODE.format(wait=wait, threads=threads))
        child.expect("ready\n")
        while child.process.poll() is None and "end" not in child.said() and not child.said("err"):
            child.interrupt()
            time.sleep(0.0005)
        return child.end(limit_s=5)

    def test_many_at_once_crash_nothing(self):
        for wait in (
            "len([i for i in range(100)])",
            "time.sleep_ms(1)",
            "lock.acquire(True, 0.001)",
            "poller.poll(1)",
            "open('main.py').read()",
            "str([{'a': i} for i in range(20)])",
        ):
            for threads in (0, 3):
                with self.subTest(wait, threads=threads):
                    outcome = self.flood(wait, threads)
                    # One that comes outside of the `try` ends the program, as it should, and so does one that
                    # comes when the script is over.
                    self.assertIn(outcome.status, (0, 1, -signal.SIGINT), outcome)
                    if outcome.status == 0:
                        self.assertEqual(("ready\nend True\n", ""), outcome[1:])
                    elif outcome.status == 1 and outcome.err != "KeyboardInterrupt: \n":
                        # After the last bytecode there is no place to tell.
                        self.check_one_interrupt(outcome.err)


class StubbornTest(Case):
    def test_a_call_that_cannot_be_interrupted_is_ended_by_the_second_one_after_a_while(self):
        child = self.start("-c", "import ffi; f = ffi.open('libc.so.6').func('i', 'sleep', 'i'); print(1); f(1000)")
        child.expect("1\n")
        time.sleep(0.05)
        child.interrupt()
        time.sleep(1.2)
        child.interrupt()
        outcome = child.end(limit_s=3)
        self.assertEqual(128 + signal.SIGINT, outcome.status)


if __name__ == "__main__":
    unittest.main()
