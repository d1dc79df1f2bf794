#!/usr/bin/env python3
"""The rules of the house that a machine can check. What the rooms are stands in docs/ARCHITECTURE.md."""

import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What a room may include of other rooms: all of one, a folder of one, or one header. `thread` may use the port's
# concept and its implementations; `mpy` gets at one of these through heddle_platform.hpp only.
MAY_INCLUDE = {
    "base": (),
    "port": ("base/",),
    "sync": ("base/", "port/port.hpp"),
    "thread": ("base/", "sync/", "port/"),
    "mpy": ("base/", "sync/", "thread/", "port/port.hpp"),
    "bytecode": ("mpy/",),
    "host": ("base/", "sync/", "thread/", "port/port.hpp", "port/linux/", "port/fiber/", "board/", "mpy/", "bytecode/"),
    "program": ("base/", "record/", "explore/", "thread/", "port/port.hpp", "board/", "mpy/", "bytecode/", "host/"),
    "board": ("base/",),
    "record": ("base/",),
    "explore": ("base/", "record/"),
    "report": ("record/", "base/"),
    "cli": ("base/", "port/", "sync/", "thread/", "board/", "mpy/", "host/", "program/", "record/", "report/"),
}

# A unit test may run its room on a real port.
TESTS_MAY_INCLUDE = {"sync": ("port/",), "thread": ("port/",)}

# What is not a room's: MicroPython's headers, and the ones that embed it.
MICROPYTHON = re.compile(r"(py|extmod|shared|genhdr|ports|lib)/|mp\w+port\.h$")
EMBEDDING = re.compile(r"heddle_\w+\.hp*$")
ROOMS_OF_MICROPYTHON = ("mpy", "bytecode", "host", "program", "firmware")

# A list that MicroPython's generator of names reads.
NO_HEADERS = ("qstrdefsport.h",)

MOST_LINES = 450

CLAUSES = [f"S{number}" for number in range(1, 25)] + [f"M{number}" for number in range(1, 11)]

# Written so that this file does not contain them.
MARKS = "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX"))
HOSTS = "|".join(
    name + r"\." + domain
    for name, domain in (
        ("debian", "org"),
        ("ubuntu", "com"),
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("crates", "io"),
        ("npmjs", "org"),
        ("golang", "org"),
        ("conan", "io"),
    )
)
PLACES = r"(?<![\w.~$}/-])/(?:" + "|".join(("ro" + "ot", "ho" + "me", "wo" + "rk")) + r")/"


def sources(*endings):
    return sorted(path for path in (ROOT / "src").rglob("*") if path.is_file() and path.name.endswith(endings))


def includes(path):
    """The quoted ones, with their line numbers: only these can name what is ours."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if match := re.match(r'\s*#\s*include\s+"([^"]+)"', line):
            yield number, match[1]


def room_of(path):
    return path.relative_to(ROOT / "src").parts[0]


def texts():
    """All text files that are part of the project."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            yield name, content.decode(errors="replace")


class TidyTest(unittest.TestCase):
    def check_none(self, findings):
        self.assertFalse(findings, "\n" + "\n".join(findings))

    def check_nowhere(self, pattern):
        self.check_none(
            [
                f"{name}:{number}: {line.strip()}"
                for name, text in texts()
                for number, line in enumerate(text.splitlines(), 1)
                if re.search(pattern, line)
            ]
        )


class IncludeTest(TidyTest):
    def is_allowed(self, path, included):
        room = room_of(path)
        if included.startswith(room + "/"):
            return True
        if MICROPYTHON.match(included) or EMBEDDING.match(included):
            return room in ROOMS_OF_MICROPYTHON
        allowed = MAY_INCLUDE[room] + (TESTS_MAY_INCLUDE.get(room, ()) if "_test." in path.name else ())
        return included.startswith(allowed)

    def test_arrows_point_down(self):
        self.check_none(
            [
                f"{path.relative_to(ROOT)}:{number}: {room_of(path)}/ may not include {included}"
                for path in sources(".h", ".hpp", ".c", ".cpp")
                for number, included in includes(path)
                if not self.is_allowed(path, included)
            ]
        )

    def test_each_room_has_its_arrows(self):
        self.assertEqual(sorted(MAY_INCLUDE), sorted(path.name for path in (ROOT / "src").iterdir() if path.is_dir()))

    def test_micropython_is_included_in_quotes(self):
        found = [
            f"{path.relative_to(ROOT)}: {line}"
            for path in sources(".h", ".hpp", ".c", ".cpp")
            for line in path.read_text().splitlines()
            if re.match(r"\s*#\s*include\s+<(py|extmod|shared|genhdr)/", line)
        ]
        self.check_none(found)

    def test_headers_are_included_once(self):
        headers = [path for path in sources(".h", ".hpp") if path.name not in NO_HEADERS]
        self.check_none([str(path.relative_to(ROOT)) for path in headers if "#pragma once\n" not in path.read_text()])


class SizeTest(TidyTest):
    def test_files_are_short(self):
        lengths = {path: len(path.read_text().splitlines()) for path in sources("")}
        self.check_none([f"{path.relative_to(ROOT)}: {n} lines" for path, n in lengths.items() if n > MOST_LINES])


class TextTest(TidyTest):
    def test_nothing_is_left_to_do(self):
        self.check_nowhere(rf"\b({MARKS})\b")

    def test_no_mirror_or_registry_is_named(self):
        self.check_nowhere(HOSTS)

    def test_no_place_of_one_machine_is_named(self):
        self.check_nowhere(PLACES)


class ClauseTest(TidyTest):
    def test_each_clause_is_named_by_a_test(self):
        tests = [path for folder in ("conformance", "cli") for path in (ROOT / "tests" / folder).glob("*.py")]
        tests += sources("_test.cpp")
        named = set(re.findall(r"\b[SM]\d+\b", "\n".join(path.read_text() for path in tests)))
        self.check_none([f"no test names {clause}" for clause in CLAUSES if clause not in named])


if __name__ == "__main__":
    unittest.main()
