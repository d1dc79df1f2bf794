"""MicroPython's own tests, through its run-tests.py: what the scripts of this folder share."""

import difflib
import fnmatch
import os
import re
import resource
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent

# What select_poll_fd asks for is one file more than a process may have, if that is the usual number.
OPEN_FILES = 1024

VERDICT = re.compile(r"^(pass|skip|FAIL)  (\S+)")
MISSING = "none"
BADNESS = ("pass", "skip", "FAIL", MISSING)


def add_arguments(parser, exceptions):
    parser.add_argument("--micropython-dir", type=Path, required=True, help="MicroPython's source tree")
    parser.add_argument("--heddle", type=Path, required=True, help="the program under test")
    parser.add_argument("--results", type=lambda name: Path(name).absolute(), required=True,
                        help="a folder for the copy and the results")
    parser.add_argument("--exceptions", type=Path, default=HERE / exceptions)
    parser.add_argument("--jobs", type=int, default=2, help="tests at the same time")


def read_exceptions(path):
    """Patterns of tests' names, which may not pass."""
    patterns = []
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        pattern, colon, reason = line.partition(": ")
        if not colon or not reason.strip():
            sys.exit(f"{path}: no reason given: {line}")
        patterns.append(pattern)
    return patterns


def copy_tests(micropython_dir, results):
    copy = results / "tests"
    if results.exists() and not (copy / "run-tests.py").exists():
        sys.exit(f"{results} is not from an earlier run: not emptied")
    shutil.rmtree(results, ignore_errors=True)
    shutil.copytree(micropython_dir / "tests", copy)
    # Since 1.28 run-tests.py imports from beside its folder, whether it talks to a board or not.
    (results / "tools").symlink_to(micropython_dir.resolve() / "tools")
    return copy


def file_of(test):
    # run-tests.py would skip these by their path, taking every desktop program for one without an interpreter lock.
    return ("./" if test.startswith("thread/mutate_") else "") + test + ".py"


def test_of(file):
    return file.removeprefix("./").removesuffix(".py")


def environment(heddle, results, board):
    home = results / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name not in ("MICROPYINSPECT", "GITHUB_ACTIONS")}
    return kept | {
        "MICROPY_MICROPYTHON": str(heddle.resolve()),
        "MICROPY_CPYTHON3": sys.executable,
        "HOME": str(home),
        "HEDDLE_BOARD": board,
    }


class Share:
    """One run-tests.py, for some of the tests, one after the other: side by side it would garble its own lines.

    `prefix` is what this share's tests are called by, before their names.
    """

    def __init__(self, tests, env, results, prefix=""):
        self.files = [file_of(test) for test in tests]
        self.env = env
        self.results = results
        self.prefix = prefix
        self.output = ""

    def run(self, copy):
        # An open pipe that says nothing, so that what waits for input waits.
        with subprocess.Popen(
            [sys.executable, "-B", "run-tests.py", "-j1", "-r", self.results, *self.files],
            cwd=copy,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            self.output = process.stdout.read()

    def names(self):
        return [self.prefix + test_of(file) for file in self.files]

    def verdicts(self):
        for line in self.output.splitlines():
            if match := VERDICT.match(line):
                yield self.prefix + test_of(match[2]), match[1]

    def difference(self, name):
        """What a test that failed here printed, against what it should have."""
        if name not in self.names():
            return []
        name = name.removeprefix(self.prefix).replace("/", "_") + ".py"
        expected, got = (self.results / (name + ending) for ending in (".exp", ".out"))
        if not got.exists():
            return []
        sides = [path.read_text(errors="replace").splitlines() if path.exists() else [] for path in (expected, got)]
        return list(difflib.unified_diff(*sides, "expected", "got", lineterm=""))


def run_shares(shares, copy, jobs):
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with ThreadPoolExecutor(jobs) as pool:
        for _ in pool.map(lambda share: share.run(copy), shares):
            pass


def collect(shares, repeat=1):
    """The worst verdict of each test."""
    seen = {name: [] for share in shares for name in share.names()}
    for share in shares:
        for name, verdict in share.verdicts():
            seen[name].append(verdict)
    return {
        name: max(verdicts, key=BADNESS.index) if len(verdicts) == repeat else MISSING
        for name, verdicts in seen.items()
    }


def problems_of(verdicts, patterns):
    for name, verdict in verdicts.items():
        listed = any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
        if verdict == "pass" and listed:
            yield name, "passes, but is listed as an exception"
        elif verdict == "skip" and not listed:
            yield name, "was skipped, and is not listed as an exception"
        elif verdict == "FAIL" and not listed:
            yield name, "failed"
        elif verdict == MISSING:
            yield name, "was not run to its end"
    for pattern in patterns:
        if not fnmatch.filter(verdicts, pattern):
            yield pattern, "is listed as an exception, but there is no such test"


def explain(problems, shares):
    for name, what in problems:
        print(f"{name} {what}")
        for line in [line for share in shares for line in share.difference(name)][:60]:
            print(" ", line)
    for share in shares:
        if len(list(share.verdicts())) < len(share.files):
            print("run-tests.py ended early:", *share.output.splitlines()[-15:], sep="\n  ")


def report(shares, patterns, repeat=1):
    """Prints what went wrong, and the sum; the exit status."""
    verdicts = collect(shares, repeat)
    problems = list(problems_of(verdicts, patterns))
    explain(problems, shares)
    count = {verdict: list(verdicts.values()).count(verdict) for verdict in BADNESS}
    times = "" if repeat == 1 else f", {repeat} times each"
    print(
        f"{len(verdicts)} upstream tests{times}: {count['pass']} passed, {count['skip']} skipped, "
        f"{count['FAIL']} failed, {count[MISSING]} unfinished; {len(problems)} against the list of exceptions"
    )
    return 1 if problems else 0
