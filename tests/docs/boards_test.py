#!/usr/bin/env python3
"""What boards offer is what their profiles say, and what docs/boards.md and MicroPython's reference pages tell of."""

import os
import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEDDLE = os.path.abspath(os.environ.get("HEDDLE", ROOT / "build/heddle"))
PAGES = Path(os.environ.get("MICROPYTHON_DOCS", "none")) / "library"
LIMIT_S = 20

FACE = re.compile(r'\{"(\w+)", MP_QSTR_(\w+), (HEDDLE_[^,]+),')
# What follows in lines of its own, as far to the right, is described together with the first.
DOCUMENTED = re.compile(
    r"^ *\.\. (?:class|method|classmethod|function|data):: (.+(?:\n {10,}[\w.]+(?:\([^)\n]*\))?$)*)", re.MULTILINE
)

# Those of the reference pages whose classes a board has, and the headings of docs/boards.md that tell of them.
SECTIONS = {
    "machine": ["`machine` functions", "`machine.Signal`, `machine.time_pulse_us`"],
    "machine.Pin": ["`machine.Pin`"],
    "machine.Signal": ["`machine.Signal`, `machine.time_pulse_us`"],
    "machine.Timer": ["`machine.Timer`"],
    "micropython": ["`micropython`"],
    "pyb": ["`pyb`"],
    "pyb.ExtInt": ["`pyb`"],
    "pyb.LED": ["`pyb`"],
    "pyb.Pin": ["`machine.Pin`"],
    "pyb.Switch": ["`pyb`"],
    "pyb.Timer": ["`pyb`"],
}

# Whatever is in a class too, and in a class of that, but not each pin.
LIST_MEMBERS = """
import sys

def members(owner):
    for name in dir(owner):
        if not name.startswith("__"):
            yield name
            if isinstance(getattr(owner, name), type) and name not in ("board", "cpu"):
                yield from members(getattr(owner, name))

module = __import__(sys.argv[1])
for name in dir(module):
    if not name.startswith("__"):
        member = getattr(module, name)
        print(name, *(members(member) if isinstance(member, type) else ()))
"""


def heddle(*arguments):
    return subprocess.run([HEDDLE, *arguments], capture_output=True, text=True, timeout=LIMIT_S)


def boards():
    return [line.split()[0] for line in heddle("boards").stdout.splitlines()]


def profile(board):
    return heddle("boards", board).stdout


def offered(board, module):
    """What its profile lists."""
    lists = re.findall(rf"^{module} = \[(.*?)\]", profile(board), re.MULTILINE | re.DOTALL)
    return set(re.findall(r'"(\w+)"', "".join(lists)))


def flavour(board):
    return re.search(r'^flavour = "(\w+)"', profile(board), re.MULTILINE)[1]


def present(board, module):
    """What it really has: names, and for a class the names in it. `None` without such a module."""
    run = heddle("--board", board, "-c", LIST_MEMBERS, module)
    if "ImportError" in run.stderr:
        return None
    members = (line.split() for line in run.stdout.splitlines())
    return {name: set(inner) for name, *inner in members}


def faces():
    """What src/mpy/board_faces.c can give, and to which flavours."""
    for module, name, flavours in FACE.findall((ROOT / "src/mpy/board_faces.c").read_text()):
        named, lost = (set(re.findall(sign + r"heddle_(\w+)", flavours.lower())) for sign in ("(?<!~)", "~"))
        yield module, name, (set(map(flavour, boards())) if "all" in named else named) - lost


def sections():
    """The text in backquotes under each heading of docs/boards.md."""
    parts = re.split(r"^## +(.+)$", (ROOT / "docs/boards.md").read_text(), flags=re.MULTILINE)
    return {heading: " ".join(re.findall(r"`([^`\n]+)`", text)) for heading, text in zip(parts[1::2], parts[2::2])}


def told(name, text):
    return re.search(rf"(?<![A-Za-z_]){name}(?![A-Za-z0-9_])", text)


def documented(page):
    """The last parts of what a reference page describes: `callback` of `Timer.callback(fun)`."""
    for entry in DOCUMENTED.findall(page.read_text()):
        for signature in entry.split("\n"):
            yield signature.strip().partition("(")[0].split(".")[-1]


class Boards(unittest.TestCase):
    def test_profiles_tell_the_truth(self):
        for board in boards():
            for module in ("machine", "pyb"):
                with self.subTest(board=board, module=module):
                    names = present(board, module)
                    self.assertEqual(set(names or ()), offered(board, module))
                    self.assertEqual(names is None, not offered(board, module))

    def test_each_face_is_on_a_board(self):
        found = list(faces())
        self.assertGreater(len(found), 20)
        for module, name, flavours in found:
            with self.subTest(module=module, name=name, flavours=flavours):
                users = [board for board in boards() if flavour(board) in flavours and name in offered(board, module)]
                self.assertTrue(users)

    def test_each_face_is_told_of(self):
        told_of = sections()
        everything = " ".join(told_of.values())
        for board in boards():
            for module in ("machine", "pyb"):
                text = told_of["`pyb`"] if module == "pyb" else everything
                for name, members in (present(board, module) or {}).items():
                    # A pin of the pyboard is described with the others.
                    inside = everything if name == "Pin" else text
                    for member in sorted(members):
                        with self.subTest(board=board, name=f"{module}.{name}.{member}"):
                            self.assertTrue(told(member, inside))
                    with self.subTest(board=board, name=f"{module}.{name}"):
                        self.assertTrue(told(name, text))


# Only MicroPython's repository has these pages, Debian's source not: MICROPYTHON_DOCS says where its `docs` is.
@unittest.skipUnless(PAGES.is_dir(), "there are no reference pages of MicroPython")
class Reference(unittest.TestCase):
    def test_each_documented_signature_is_told_of(self):
        told_of = sections()
        for page, headings in SECTIONS.items():
            text = " ".join(told_of[heading] for heading in headings)
            names = set(documented(PAGES / f"{page}.rst"))
            self.assertTrue(names, page)
            for name in sorted(names):
                with self.subTest(page=page, name=name):
                    # A call of an object is told of by the call.
                    self.assertTrue(name.startswith("__") or told(name, text))


if __name__ == "__main__":
    unittest.main()
