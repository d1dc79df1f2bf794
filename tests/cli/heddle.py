"""The program under test, from outside: what the tests of this folder share."""

import os
import re
import signal
import subprocess
import tempfile
import textwrap
import threading
import time
import unittest
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HEDDLE = os.path.abspath(os.environ.get("HEDDLE", ROOT / "build/heddle"))

# Longer than anything here takes on a busy machine: what is not over by then hangs.
LIMIT_S = 15

# What the user's own settings would change.
SETTINGS = ("MICROPYPATH", "MICROPYINSPECT", "HOME")


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


class Child:
    """A running heddle with pipes, or with what `options` give it, in a process group of its own."""

    def __init__(self, command, **options):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(command, start_new_session=True, **pipes | options)
        self._said = {"out": b"", "err": b""}
        self._news = threading.Condition()
        self._readers = [
            threading.Thread(target=self._read, args=(name, file), daemon=True)
            for name, file in (("out", self.process.stdout), ("err", self.process.stderr))
            if file is not None
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, name, file):
        while chunk := os.read(file.fileno(), 65536):
            with self._news:
                self._said[name] += chunk
                self._news.notify_all()

    def said(self, name="out"):
        return self._said[name].decode(errors="replace")

    def expect(self, pattern, name="out", limit_s=LIMIT_S):
        """Waits until the pattern is in what it has said so far."""
        with self._news:
            if not self._news.wait_for(lambda: re.search(pattern, self.said(name)), limit_s):
                self.kill()
                raise AssertionError(f"{pattern!r} did not come within {limit_s} s\n{self.transcript()}")

    def send(self, text):
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)

    def end(self, limit_s=LIMIT_S, close=True):
        """Waits until it ends by itself."""
        if close and self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"did not end within {limit_s} s\n{self.transcript()}") from None
        # A command that it was waiting for lives on, and keeps the pipes open.
        self.kill()
        for reader in self._readers:
            reader.join()
        return Outcome(self.process.returncode, self.said("out"), self.said("err"))

    def transcript(self):
        return f"--- stdout\n{self.said('out')}\n--- stderr\n{self.said('err')}"

    def kill(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def close(self):
        self.kill()
        for reader in self._readers:
            reader.join()
        for file in (self.process.stdin, self.process.stdout, self.process.stderr):
            if file is not None:
                file.close()


class Case(unittest.TestCase):
    """Each test has a folder of its own, which is also heddle's working and home folder."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="heddle-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(os.path.realpath(folder.name))

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
        return path

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        return kept | {"HOME": str(self.folder)} | more

    def start(self, *arguments, env={}, **options):
        options = {"cwd": self.folder, "env": self.environment(**env)} | options
        child = Child([HEDDLE, *map(str, arguments)], **options)
        self.addCleanup(child.close)
        return child

    def start_code(self, code, *arguments, **options):
        return self.start(*arguments, self.write("main.py", code), **options)

    def run_heddle(self, *arguments, input="", limit_s=LIMIT_S, **options):
        child = self.start(*arguments, **options)
        if input:
            child.send(input)
        return child.end(limit_s)

    def run_code(self, code, *arguments, **options):
        """Runs the code as a script."""
        return self.run_heddle(*arguments, self.write("main.py", code), **options)

    def check_prints(self, code, expected, **options):
        """The code prints what is expected, and ends well."""
        outcome = self.run_code(code, **options)
        self.assertEqual(Outcome(0, textwrap.dedent(expected).lstrip("\n"), ""), outcome)

    def check_usage_error(self, outcome, *words):
        """Status 2, and one line on stderr that has these words."""
        self.assertEqual((2, ""), (outcome.status, outcome.out))
        self.check_one_line(outcome.err, *words)

    def check_one_line(self, text, *words):
        self.assertRegex(text, r"\A[^\n]+\n\Z")
        for word in words:
            self.assertIn(word, text)


class BlockingCase(Case):
    """Calls that block for ever: nothing comes through the fifos and sockets, nobody gives the locks back."""

    SETTING = """
import _thread, mutex, os, select, socket, sys, time
lock = _thread.allocate_lock()
lock.acquire()
taken = mutex.Mutex()
taken.test()
server = socket.socket()
server.bind(socket.getaddrinfo("127.0.0.1", 0)[0][-1])
server.listen(1)
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.bind(socket.getaddrinfo("127.0.0.1", 0)[0][-1])
poller = select.poll()
poller.register(client, select.POLLIN)
"""

    CALLS = {
        "sleep": "time.sleep(1000)",
        "sleep_ms": "time.sleep_ms(1000000)",
        "sleep_us": "time.sleep_us(1000000000)",
        "acquire": "lock.acquire()",
        "a timed acquire": "lock.acquire(True, 1000)",
        "with a lock": "lock.__enter__()",
        "with a mutex": "taken.__enter__()",
        "input": "input()",
        "stdin.read": "sys.stdin.read(1)",
        "stdin.readline": "sys.stdin.readline()",
        "stdin.buffer.read": "sys.stdin.buffer.read(1)",
        "reading a fifo": "open('fifo').read()",
        "writing a fifo": "open('other_fifo', 'w').write('x')",
        "accept": "server.accept()",
        "recv": "client.recv(1)",
        "recvfrom": "client.recvfrom(1)",
        "a socket's read": "client.read(1)",
        "poll": "poller.poll()",
        "a timed poll": "poller.poll(1000000)",
        "ipoll": "list(poller.ipoll())",
        "os.system": "os.system('sleep 1000')",
    }

    def setUp(self):
        super().setUp()
        os.mkfifo(self.folder / "fifo")
        os.mkfifo(self.folder / "other_fifo")


def processor_seconds(child):
    """What the process has used so far."""
    fields = Path(f"/proc/{child.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
