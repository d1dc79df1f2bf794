#!/usr/bin/env python3
"""Each program of the corpora, checked; what must come out stands in its first lines. README.md says how to read them."""

import contextlib
import json
import re
import sys
import unittest
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

from heddle import Case

HERE = Path(__file__).resolve().parent
CORPORA = ("correct", "wrong", "sampled")

# A whole search of the largest program, on a busy machine.
LIMIT_S = 20

STATUS = {"clean": 0, "error": 1, "unfinished": 3}

FINDING = re.compile(r"(error|warning) ([a-z|-]+)((?: \w+=[\d,]+)*)")
COUNTS = re.compile(r"(clean )?(complete ?)?((?:\w+=\d+ ?)*)")
SETTINGS = re.compile(r"((?:[A-Z]\w*=\d+ |--\w+ \w+ )*)")


class Expected(NamedTuple):
    """A finding; one of `kinds` and one of `lines`, and exactly the numbers that are given."""

    severity: str
    kinds: list
    lines: list
    numbers: dict

    def fits(self, finding):
        return (
            finding["severity"] == self.severity
            and finding["kind"] in self.kinds
            and (not self.lines or finding["location"]["line"] in self.lines)
            and all(finding[name] == number for name, number in self.numbers.items())
        )


class Counted(NamedTuple):
    """A search with other settings: of the script's parameters, and options."""

    parameters: dict
    options: list
    clean: bool
    complete: bool
    numbers: dict


class Program:
    """What a script's first lines say."""

    def __init__(self, path):
        self.path = path
        self.text = path.read_text()
        self.options = []
        self.findings = []
        self.maybe = []
        self.counted = []
        for number, line in enumerate(self.text.splitlines(), 1):
            if match := re.fullmatch(r"# (check|options|sampled): (.*)", line):
                self.read(match[1], match[2], f"{path.name}:{number}")
        if not self.findings and not self.counted:
            raise ValueError(f"{path.name}: no '# check:' line")

    def read(self, word, text, where):
        if word == "options":
            self.options = text.split()
        elif word == "check" and text.startswith("maybe "):
            self.maybe.append(text[len("maybe ") :])
        elif word == "check" and (match := FINDING.fullmatch(text)):
            numbers = dict(pair.split("=") for pair in match[3].split())
            lines = [int(line) for line in numbers.pop("line", "").split(",") if line]
            numbers = {name: int(number) for name, number in numbers.items()}
            self.findings.append(Expected(match[1], match[2].split("|"), lines, numbers))
        elif word == "check":
            self.counted.append(self.read_counted(text, where))

    @staticmethod
    def read_counted(text, where):
        settings, _, counts = text.rpartition(": ")
        given, match = SETTINGS.fullmatch(settings and settings + " "), COUNTS.fullmatch(counts)
        if not given or not match or not counts:
            raise ValueError(f"{where}: '{text}' is not a line of README.md's")
        words = given[1].split()
        parameters = dict(word.split("=") for word in words if "=" in word)
        options = [word for word in words if "=" not in word]
        numbers = {name: int(number) for name, number in (pair.split("=") for pair in match[3].split())}
        return Counted(parameters, options, bool(match[1]), bool(match[2]), numbers)

    def text_with(self, parameters):
        text = self.text
        for name, value in parameters.items():
            text, count = re.subn(rf"(?m)^{name} = \d+$", f"{name} = {value}", text)
            if count != 1:
                raise ValueError(f"{self.path.name}: no line '{name} = ...' to change")
        return text

    def errors(self):
        return [finding for finding in self.findings if finding.severity == "error"]

    def warnings(self):
        return [finding for finding in self.findings if finding.severity == "warning"]


class CheckTest(Case):
    def check(self, program, options, parameters={}):
        """Runs the search. Returns what it has written as JSON."""
        script = self.write(program.path.name, program.text_with(parameters))
        result = self.folder / "result.json"
        result.unlink(missing_ok=True)
        arguments = ["check", "--json", result, *program.options, *options, script]
        outcome = self.run_heddle(*arguments, limit_s=LIMIT_S)
        self.assertTrue(result.exists(), outcome)
        found = json.loads(result.read_text())
        self.assertEqual(1, found["version"])
        self.assertEqual(STATUS[found["verdict"]], outcome.status, outcome)
        severities = [finding["severity"] for finding in found["findings"]]
        self.assertEqual(sorted(severities), severities, "errors come first")
        for finding in found["findings"]:
            self.assertEqual(program.path.name, Path(finding["location"]["file"]).name)
        return found

    def check_numbers(self, found, counted):
        if counted.clean:
            self.assertEqual("clean", found["verdict"], found["findings"])
        if counted.complete or "executions" in counted.numbers:
            self.assertTrue(found["complete"], found["stats"])
        for name, number in counted.numbers.items():
            self.assertEqual(number, found["stats"][name], name)
        if "executions" in counted.numbers:
            self.assertEqual(0, found["stats"]["redundant"])

    def check_warnings(self, program, found):
        warnings = [finding for finding in found["findings"] if finding["severity"] == "warning"]
        for expected in program.warnings():
            self.assertTrue(any(map(expected.fits, warnings)), f"{expected} is not in {warnings}")
        for warning in warnings:
            known = warning["kind"] in program.maybe or any(expected.fits(warning) for expected in program.warnings())
            self.assertTrue(known, f"not expected: {warning}")

    def check_errors(self, program):
        """The search ends at the first error, which must be one of the expected."""
        found = self.check(program, [])
        errors = [finding for finding in found["findings"] if finding["severity"] == "error"]
        self.assertEqual("error", found["verdict"])
        self.assertTrue(errors)
        for error in errors:
            self.assertTrue(any(expected.fits(error) for expected in program.errors()), f"not expected: {error}")

    def check_program(self, program):
        if program.errors():
            self.check_errors(program)
        for counted in program.counted:
            with self.subTest(counted):
                options = counted.options + ["--keep-going"] * (not counted.clean)
                found = self.check(program, options, counted.parameters)
                self.check_numbers(found, counted)
                if counted.clean:
                    self.check_warnings(program, found)


    def check_pending(self, program):
        self.subTest = contextlib.nullcontext  # the first failure is enough
        try:
            self.check_program(program)
        except AssertionError:
            return
        self.fail("passes now: take it out of pending.txt")


def read_pending():
    lines = (HERE / "pending.txt").read_text().splitlines()
    return {line.partition(": ")[0] for line in lines if line and not line.startswith("#")}


# Those that are meant to be correct.
EXAMPLES = (
    "bank",
    "debounced_button",
    "double_buffer",
    "issue_6691_after",
    "mutex_page",
    "mutex_page_pin",
    "mutex_page_switch",
    "mutex_page_timer",
    "producer_handler",
    "pycom_alarm",
    "rotary_encoder",
    "thread_page",
    "thread_page_lock",
)


class ExamplesTest(Case):
    def check_example(self, name):
        text = (HERE.parents[1] / "examples" / f"{name}.py").read_text()
        script, result = self.write(f"{name}.py", text), self.folder / "result.json"
        board = re.match(r"# board: (\w+)\n", text)
        options = ("--board", board[1]) if board else ()
        outcome = self.run_heddle("check", *options, "--json", result, script, limit_s=LIMIT_S)
        self.assertEqual(0, outcome.status, outcome)
        found = json.loads(result.read_text())
        self.assertEqual(("clean", True), (found["verdict"], found["complete"]))
        self.assertEqual([], [finding for finding in found["findings"] if finding["severity"] == "error"])


def add_examples():
    for name in EXAMPLES:
        test = lambda self, name=name: self.check_example(name)
        setattr(ExamplesTest, f"test_example_{name}", test)


def add_tests():
    pending = read_pending()
    for corpus in CORPORA:
        for path in sorted((HERE / corpus).glob("*.py")):
            name = f"test_{corpus}_{path.stem}"
            check = CheckTest.check_pending if f"{corpus}/{path.stem}" in pending else CheckTest.check_program
            setattr(CheckTest, name, lambda self, path=path, check=check: check(self, Program(path)))
            pending.discard(f"{corpus}/{path.stem}")
    if pending:
        raise SystemExit(f"pending.txt names what is not there: {sorted(pending)}")


add_tests()
add_examples()

if __name__ == "__main__":
    unittest.main()
