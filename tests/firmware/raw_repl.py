"""Runs scripts on a board at the other end of a pipe, through MicroPython's raw prompt."""

import os
import selectors
import subprocess
import time

PROMPT = b"raw REPL; CTRL-B to exit\r\n>"


class Hung(Exception):
    """The board said nothing more in time; the text is what it had said."""


class RawRepl:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def read_until(self, end, limit_s):
        said = b""
        deadline = time.monotonic() + limit_s
        while end not in said:
            if not self.selector.select(max(0, deadline - time.monotonic())):
                raise Hung(said.decode(errors="replace"))
            chunk = os.read(self.process.stdout.fileno(), 4096)
            if not chunk:
                raise Hung(said.decode(errors="replace"))
            said += chunk
        return said

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def run(self, source, limit_s):
        """What the script prints, and its traceback."""
        self.read_until(b">>> ", limit_s)
        self.write(b"\x01")
        self.read_until(PROMPT, limit_s)
        self.write(source.encode() + b"\x04")
        self.read_until(b"OK", limit_s)
        printed, error = self.read_until(b"\x04>", limit_s).removesuffix(b"\x04>").split(b"\x04")
        return printed.decode().replace("\r\n", "\n"), error.decode().replace("\r\n", "\n")
