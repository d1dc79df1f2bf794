"""A thread that waits in a blocking call holds nobody up, and a busy one hardly does."""

import os
import statistics
import time
import unittest

from heddle import BlockingCase, Case, processor_seconds

SETTING = (
    BlockingCase.SETTING
    + """
def block():
    print("blocking")
    {call}
    print("not blocked")

def count():
    for i in range(100):
        time.sleep_ms(1)
    print("counted by sleeping")
    for i in range(100000):
        pass
    print("counted by computing")
    for i in range(100):
        open("main.py").close()
    print("counted by opening files")
"""
)


class BlockingTest(BlockingCase):
    def check_others_count(self, call, body):
        child = self.start_code(SETTING.format(call=call) + body)
        child.expect("blocking\n")
        child.expect("counted by opening files\n", limit_s=5)
        self.assertNotIn("not blocked", child.said())
        self.assertEqual("", child.said("err"))
        child.close()

    def test_other_threads_count_while_the_main_one_blocks(self):
        for name, call in self.CALLS.items():
            with self.subTest(name):
                self.check_others_count(call, "_thread.start_new_thread(count, ())\nblock()")

    def test_the_main_thread_counts_while_another_blocks(self):
        for name, call in self.CALLS.items():
            with self.subTest(name):
                self.check_others_count(call, "_thread.start_new_thread(block, ())\ntime.sleep_ms(20)\ncount()")

    def test_all_of_them_block_at_once(self):
        start = "\n".join(f"_thread.start_new_thread(lambda: {call}, ())" for call in self.CALLS.values())
        self.check_others_count("pass", f"print('blocking')\n{start}\ntime.sleep_ms(20)\ncount()")

    def test_many_block_in_the_same_call(self):
        for name in ("sleep", "acquire", "recv", "poll", "reading a fifo"):
            with self.subTest(name):
                body = "for _ in range(30): _thread.start_new_thread(block, ())\ntime.sleep_ms(20)\ncount()"
                self.check_others_count(self.CALLS[name], body)

    def test_waiting_costs_no_processor_time(self):
        for name, call in self.CALLS.items():
            with self.subTest(name):
                start = "_thread.start_new_thread(block, ())\nlock.acquire()"
                child = self.start_code(SETTING.format(call=call) + start)
                child.expect("blocking\n")
                before = processor_seconds(child)
                time.sleep(0.25)
                self.assertLessEqual(processor_seconds(child) - before, 0.05)
                self.assertNotIn("not blocked", child.said())


class UnblockingTest(Case):
    """What a blocked thread waits for reaches it, also while the main thread computes."""

    CODE = """
        import _thread, os, sys, time
        def work():
            print("got", {call})
        _thread.start_new_thread(work, ())
        time.sleep_ms(50)
        print("blocked")
        while True:
            pass
        """

    def start_blocked(self, call):
        child = self.start_code(self.CODE.format(call=call))
        child.expect("blocked\n")
        return child

    def test_standard_input(self):
        for call, got in {"sys.stdin.readline()": "line\n\n", "sys.stdin.read(2)": "li\n", "input()": "line\n"}.items():
            with self.subTest(call):
                child = self.start_blocked(call)
                child.send("line\n")
                child.expect("got " + got)

    def test_a_fifo(self):
        os.mkfifo(self.folder / "fifo")
        child = self.start_blocked("open('fifo').read()")
        (self.folder / "fifo").write_text("text")
        child.expect("got text\n")

    def test_a_command(self):
        child = self.start_blocked("os.system('cat')")
        child.process.stdin.close()
        child.expect("got 0\n")


class BusyTest(Case):
    LIMIT_MS = 20

    def gaps_ms(self, threads):
        """How long a thread that sleeps for a millisecond is away, while others compute."""
        outcome = self.run_code(
            f"""
            import _thread, time
            def busy():
                while True:
                    pass
            for _ in range({threads}):
                _thread.start_new_thread(busy, ())
            for _ in range(200):
                before = time.ticks_us()
                time.sleep_ms(1)
                print(time.ticks_diff(time.ticks_us(), before) / 1000)
            """
        )
        self.assertEqual((0, ""), outcome[::2])
        return [float(line) for line in outcome.out.split()]

    def test_a_busy_thread_holds_another_up_for_a_few_milliseconds_at_most(self):
        for threads in (1, 4):
            with self.subTest(threads=threads):
                gaps = self.gaps_ms(threads)
                # One in ten is left to what else the machine does.
                self.assertLess(statistics.quantiles(gaps, n=10)[-1], self.LIMIT_MS, gaps)
                self.assertGreaterEqual(min(gaps), 1)

    def test_busy_threads_get_equal_shares(self):
        outcome = self.run_code(
            """
            import _thread, time
            counts = [0] * 4
            def count(i):
                while True:
                    counts[i] += 1
            for i in range(4):
                _thread.start_new_thread(count, (i,))
            time.sleep(0.5)
            print(min(counts) * 2 > max(counts))
            """
        )
        self.assertEqual((0, "True\n", ""), outcome)

    def test_a_flag_is_seen_soon(self):
        outcome = self.run_code(
            """
            import _thread, time
            def set_it():
                global flag
                flag = True
            before = time.ticks_ms()
            for _ in range(300):
                flag = False
                _thread.start_new_thread(set_it, ())
                while not flag:
                    pass
            print(time.ticks_diff(time.ticks_ms(), before))
            """
        )
        self.assertEqual((0, ""), outcome[::2])
        self.assertLess(int(outcome.out), 300 * self.LIMIT_MS / 4)


if __name__ == "__main__":
    unittest.main()
