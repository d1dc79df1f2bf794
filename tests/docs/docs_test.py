#!/usr/bin/env python3
"""What the documents say is there: their links, their examples, the targets of make that they name."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEDDLE = os.path.abspath(os.environ.get("HEDDLE", ROOT / "build/heddle"))
LIMIT_S = 60

FENCE = re.compile(r"^(\s*)```(\w*)[^\n]*\n(.*?)^\1```\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)
CODE_SPAN = re.compile(r"`([^`\n]+)`")
MAKE = re.compile(r"(?:^|[;&|$(] *|\s)make((?:\s+(?!-)[\w.=/~-]+)*)")
TARGET = re.compile(r"^([A-Za-z][\w-]*(?: +[A-Za-z][\w-]*)*)\s*:(?!=)", re.MULTILINE)


def documents():
    """All of the repository's, none of a build's."""
    found = list(ROOT.glob("*.md"))
    for folder in ROOT.iterdir():
        if folder.is_dir() and not re.match(r"build(-|$)|\.", folder.name):
            found += folder.rglob("*.md")
    return sorted(found)


def blocks(text, *languages):
    return [body for _, language, body in FENCE.findall(text) if language in languages]


def anchor(heading):
    """As forges derive it from a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(document):
    return {anchor(heading) for heading in HEADING.findall(FENCE.sub("", document.read_text()))}


def commands(text):
    """What a reader would type: shell blocks, and code spans that begin with make."""
    for body in blocks(text, "sh", "bash", "console"):
        for line in body.splitlines():
            yield line.removeprefix("$ ").partition("#")[0]
    yield from (span for span in CODE_SPAN.findall(FENCE.sub("", text)) if re.match(r"make\b", span))


class Documents(unittest.TestCase):
    def test_links_lead_somewhere(self):
        for document in documents():
            for link in LINK.findall(FENCE.sub("", document.read_text())):
                if re.match(r"[a-z]+:", link):
                    continue
                name, _, fragment = link.partition("#")
                target = (document.parent / name).resolve() if name else document
                with self.subTest(document=str(document.relative_to(ROOT)), link=link):
                    self.assertTrue(target.exists(), "no such file")
                    if fragment:
                        self.assertIn(fragment, anchors(target))

    def test_targets_of_make_exist(self):
        known = {name for names in TARGET.findall((ROOT / "Makefile").read_text()) for name in names.split()}
        named = set()
        for document in documents():
            for command in commands(document.read_text()):
                for words in MAKE.findall(command):
                    targets = [word for word in words.split() if "=" not in word]
                    named.update(targets)
                    for target in targets:
                        with self.subTest(document=str(document.relative_to(ROOT)), command=command):
                            self.assertIn(target, known)
        # Where nothing is found, nothing was looked at.
        self.assertLessEqual({"run", "test"}, named)


class Examples(unittest.TestCase):
    def test_python_runs(self):
        places = [ROOT / "README.md", ROOT / "docs/boards.md", *sorted((ROOT / "docs/reference").glob("*.md"))]
        found = 0
        for document in places:
            for body in blocks(document.read_text(), "python"):
                if not body.startswith("# run\n"):
                    continue
                found += 1
                with self.subTest(document=str(document.relative_to(ROOT)), example=body):
                    run = subprocess.run([HEDDLE, "-"], input=body, capture_output=True, text=True, timeout=LIMIT_S)
                    self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
                    # A thread that fails leaves the program's exit status alone.
                    self.assertNotIn("Traceback", run.stderr)
        self.assertGreater(found, 0)

    def test_cpp_builds(self):
        readme = (ROOT / "README.md").read_text()
        (cmake,), (source,) = blocks(readme, "cmake"), blocks(readme, "cpp")
        (name,) = re.findall(r"add_executable\((\w+) ", cmake)
        with tempfile.TemporaryDirectory() as folder:
            project = Path(folder)
            (project / "heddle").symlink_to(ROOT)
            (project / "CMakeLists.txt").write_text(cmake)
            (project / f"{name}.cpp").write_text(source)
            for command in (
                ["cmake", "-G", "Ninja", "-B", "build"],
                ["cmake", "--build", "build", "--target", name],
                [f"build/{name}"],
            ):
                run = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=10 * LIMIT_S)
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
            self.assertEqual(run.stdout, "still held after 100 ms\n")


if __name__ == "__main__":
    unittest.main()
