#!/usr/bin/env python3
"""An emulated board: what the tests of this folder share. `board.py TARGET SCRIPT [ARGUMENT...]` runs a script on one."""

import re
import shlex
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FIRMWARE = ROOT / "firmware"

TARGETS = sorted(path.parent.name for path in (FIRMWARE / "boards").glob("*/mpconfigboard.mk"))

# What an image recognises a script by: firmware/image/script.hpp.
MAGIC = 0x31534448

# Longer than anything here takes on a busy machine: what is not over by then hangs.
LIMIT_S = 60
HUNG = 124

ICOUNT = ("-icount", "shift=4,sleep=off")


class Outcome(NamedTuple):
    status: int
    output: str


def blob_of(text, arguments):
    encoded = b"".join(argument.encode() + b"\0" for argument in arguments)
    return struct.pack("<III", MAGIC, len(encoded), len(text)) + encoded + text


class Board:
    def __init__(self, target, image=None):
        lines = (FIRMWARE / "boards" / target / "emulator.mk").read_text()
        self.values = dict(re.findall(r"^(\w+) = (.*)$", lines, re.M))
        self.target = target
        self.image = image or self.build()

    def build(self):
        built = subprocess.run([FIRMWARE / "build", self.target], capture_output=True, text=True)
        if built.returncode != 0:
            raise RuntimeError(built.stderr)
        return Path(built.stdout.strip())

    def tool(self, name, *arguments):
        """What a tool of the board's compiler says."""
        command = [self.values["CROSS_COMPILE"] + name, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def command(self, *options):
        return [
            self.values["EMULATOR"], *shlex.split(self.values["EMULATOR_OPTIONS"]), "-nographic", "-monitor", "none",
            "-serial", "stdio", "-semihosting", *options, "-kernel", self.image,
        ]  # fmt: skip

    def emulate(self, *options, limit=LIMIT_S, serial=b""):
        """The exit status, and what came over the serial line. `serial` is sent over it."""
        try:
            ended = subprocess.run(self.command(*options), input=serial, capture_output=True, timeout=limit)
        except subprocess.TimeoutExpired as expired:
            return Outcome(HUNG, self.text_of(expired.stdout or b""))
        return Outcome(ended.returncode, self.text_of(ended.stdout))

    @staticmethod
    def text_of(output):
        return output.decode(errors="replace").replace("\r\n", "\n")

    def run(self, text, *arguments, name="script.py", icount=False, limit=LIMIT_S):
        """Runs a script from the board's memory."""
        blob = blob_of(text if isinstance(text, bytes) else text.encode(), (name, *arguments))
        if len(blob) > int(self.values["SCRIPT_ROOM"]):
            raise ValueError(f"{name} is too large for {self.target}")
        with tempfile.NamedTemporaryFile(prefix="heddle-script-") as file:
            file.write(blob)
            file.flush()
            loader = f"loader,file={file.name},addr={self.values['SCRIPT_ADDRESS']},force-raw=on"
            return self.emulate("-device", loader, *(ICOUNT if icount else ()), limit=limit)


def main(target, script, *arguments):
    outcome = Board(target).run(Path(script).read_bytes(), *arguments, name=Path(script).name)
    sys.stdout.write(outcome.output)
    return outcome.status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
