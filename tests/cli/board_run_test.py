"""`heddle board` from outside, with stand-ins for the emulator and for what builds images."""

import os
import signal
import socket
import time
import unittest

from heddle import Case

EMULATOR_MK = """
# How it is emulated.
CROSS_COMPILE = cross-
EMULATOR = emulator
EMULATOR_OPTIONS = -machine one -global two
SCRIPT_ADDRESS = 0x21000000
SCRIPT_ROOM = 1000
"""

BUILD = """#!/bin/sh
cd "$(dirname "$0")/../.."
echo run >> runs
echo "it said something"
test ! -e fails || { echo "and then failed"; exit 1; }
echo "image of $1" > "$2"
"""

# Shows what it was called with, and how the board ends.
EMULATOR = """#!/bin/sh
echo "$@"
for word in "$@"; do
    case $word in
    loader,file=*)
        file=${word#loader,file=}
        od -An -v -tx1 "${file%%,*}" | tr -d ' \\n'
        echo
        ;;
    *.elf) cat "$word" ;;
    esac
done
test -z "$EMULATOR_SLEEPS" || echo $$ > "$EMULATOR_SLEEPS"
printf 'one\\r\\ntwo\\rthree\\r\\n'
test -z "$EMULATOR_SLEEPS" || exec sleep 100
exit ${EMULATOR_STATUS-0}
"""


class BoardCase(Case):
    def setUp(self):
        super().setUp()
        self.source = self.folder / "source"
        for folder in ("firmware", "src/base", "src/host/upstream", "src/mpy", "src/port", "src/sync", "src/thread"):
            (self.source / folder).mkdir(parents=True)
        self.write("source/src/mpy/some.cpp", "int some;")
        for name, what in (("first", "# The first one.\n"), ("second", "# Another\n")):
            self.write(f"source/firmware/boards/{name}/mpconfigboard.mk", what)
            self.write(f"source/firmware/boards/{name}/emulator.mk", EMULATOR_MK)
        self.program("source/firmware/build", BUILD)
        self.program("bin/cross-gcc", "#!/bin/sh\n")
        self.program("bin/emulator", EMULATOR)
        self.write("main.py", "print(1)\n")

    def program(self, name, text):
        path = self.write(name, text)
        path.chmod(0o755)
        return path

    def env(self, **more):
        path = f"{self.folder / 'bin'}:/usr/bin:/bin"
        return {"PATH": path, "HEDDLE_SOURCE": str(self.source), "XDG_CACHE_HOME": str(self.folder / "cache")} | more

    def board(self, *words, **more):
        return self.run_heddle("board", *words, env=self.env(**more))

    def run_first(self, *words, **more):
        return self.board("run", "--target", "first", *words, **more)

    def builds(self):
        path = self.folder / "runs"
        return path.read_text().count("run") if path.exists() else 0


class CommandTest(BoardCase):
    def test_the_list_has_each_board(self):
        outcome = self.board("list")
        self.assertEqual((0, "first            The first one\nsecond           Another\n", ""), outcome)

    def test_help(self):
        for words in ((), ("-h",), ("run", "-h"), ("list", "--help")):
            outcome = self.board(*words)
            self.assertEqual((0, ""), (outcome.status, outcome.err))
            self.assertIn("heddle board", outcome.out)

    def test_wrong_words(self):
        self.check_usage_error(self.board("frob"), "no command 'frob'")
        self.check_usage_error(self.board("run", "main.py"), "--target")
        self.check_usage_error(self.run_first(), "which script")
        self.check_usage_error(self.run_first("--nope", "main.py"), "--nope")
        for limit in ("-1", "soon", "1e10", "nan"):
            self.check_usage_error(self.run_first("--time-limit", limit, "main.py"), "--time-limit")

    def test_an_unknown_target_is_told_with_the_known(self):
        outcome = self.board("run", "--target", "third", "main.py")
        self.check_usage_error(outcome, "unknown target 'third'; known are first, second")

    def test_a_script_that_is_not_there(self):
        self.check_usage_error(self.run_first("nope.py"), "can't open file 'nope.py'")
        self.check_usage_error(self.run_first("bin"), "can't open file 'bin'")

    def test_a_script_that_is_too_large(self):
        self.write("large.py", "#" * 980)
        self.check_usage_error(self.run_first("large.py"), "too large for first", "1001 bytes", "room for 1000")
        self.write("large.py", "#" * 979)
        self.assertEqual(0, self.run_first("large.py").status)

    def test_a_source_that_is_none(self):
        outcome = self.run_heddle("board", "list", "--source", "bin", env=self.env())
        self.check_usage_error(outcome, "'bin' is not Heddle's source")


class ImageTest(BoardCase):
    def test_it_is_built_once_for_the_same_sources(self):
        outcome = self.run_first("main.py")
        self.assertIn("image of first", outcome.out)
        self.assertEqual("heddle: building the image for first\n", outcome.err)
        self.assertEqual((0, ""), (self.run_first("main.py").status, self.run_first("main.py").err))
        self.assertEqual(1, self.builds())
        self.write("source/src/mpy/some.cpp", "int other;")
        self.run_first("main.py")
        self.assertEqual(2, self.builds())

    def test_each_target_has_its_own(self):
        self.run_first("main.py")
        self.assertIn("image of second", self.board("run", "--target", "second", "main.py").out)

    def test_two_at_once_build_one(self):
        self.program("source/firmware/build", BUILD.replace("echo run", "sleep 1; echo run"))
        command = ("board", "run", "--target", "first", "main.py")
        both = [self.start(*command, env=self.env()) for _ in range(2)]
        self.assertEqual([0, 0], [one.end().status for one in both])
        self.assertEqual(1, self.builds())

    def test_a_failed_build_shows_its_log(self):
        self.write("fails", "")
        outcome = self.run_first("main.py")
        self.assertEqual((2, ""), (outcome.status, outcome.out))
        self.assertIn(str(self.folder / "cache/heddle/images/first.log"), outcome.err)
        self.assertIn("it said something\nand then failed\n", outcome.err)
        (self.folder / "fails").unlink()
        self.assertEqual(0, self.run_first("main.py").status)

    def test_missing_programs_are_told(self):
        (self.folder / "bin/cross-gcc").unlink()
        self.check_usage_error(self.run_first("main.py"), "cross-gcc is missing", "tools/setup --firmware")
        (self.folder / "bin/emulator").unlink()
        self.check_usage_error(self.run_first("main.py"), "emulator is missing", "tools/setup --firmware")

    def test_one_that_is_there_needs_no_build(self):
        (self.folder / "bin/cross-gcc").unlink()
        image = self.write("mine.elf", "\177ELF my own\n")
        self.assertIn("my own\n", self.run_first("--image", image, "main.py").out)
        self.check_usage_error(self.run_first("--image", "nope.elf", "main.py"), "can't open image 'nope.elf'")
        self.assertEqual(0, self.builds())

    def test_what_is_no_image(self):
        for name in ("main.py", self.write("empty.elf", ""), "bin"):
            self.check_usage_error(self.run_first("--image", name, "main.py"), f"'{name}' is no image: it is no ELF file")

    def test_a_builder_that_outlives_its_heddle(self):
        self.program("source/firmware/build", BUILD.replace("echo run", "echo begun >> begun; sleep 2; echo run"))
        killed = self.start("board", "run", "--target", "first", "main.py", env=self.env())
        end = time.monotonic() + 10
        while not (self.folder / "begun").exists() and time.monotonic() < end:
            time.sleep(0.05)
        killed.process.kill()
        killed.process.wait()
        self.assertEqual(0, self.run_first("main.py").status)
        # One after the other.
        self.assertEqual(2, self.builds())


class EmulatorTest(BoardCase):
    def test_output_and_status_pass_through(self):
        outcome = self.run_first("main.py", EMULATOR_STATUS="7")
        self.assertEqual(7, outcome.status)
        self.assertTrue(outcome.out.endswith("\none\ntwo\rthree\n"), outcome.out)

    def test_what_lies_in_memory(self):
        lines = self.run_first("main.py", "--icount", "x").out.splitlines()
        arguments = b"main.py\0--icount\0x\0"
        script = b"print(1)\n"
        sizes = len(arguments).to_bytes(4, "little") + len(script).to_bytes(4, "little")
        self.assertEqual((b"HDS1" + sizes + arguments + script).hex(), lines[-4 if lines[-4] else -5])
        self.assertIn("addr=0x21000000,force-raw=on", lines[0])
        self.assertNotIn("-icount shift", lines[0])
        self.assertIn("-machine one -global two", lines[0])

    def test_no_file_is_left(self):
        self.run_first("main.py", TMPDIR=str(self.folder / "bin"))
        self.assertEqual(["cross-gcc", "emulator"], sorted(os.listdir(self.folder / "bin")))

    def test_options_for_the_emulator(self):
        self.assertIn("-icount shift=4,sleep=off", self.run_first("--icount", "main.py").out)
        outcome = self.run_first("--gdb", "main.py")
        self.assertRegex(outcome.out, r"-S -gdb tcp:127\.0\.0\.1:\d+")
        port = outcome.out.partition("tcp:127.0.0.1:")[2].split()[0]
        self.assertIn(f"gdb-multiarch -ex 'target remote 127.0.0.1:{port}'", outcome.err)

    def test_a_comma_in_a_path(self):
        folder = self.folder / "one,two"
        folder.mkdir()
        self.assertIn("one,,two/heddle-script-", self.run_first("main.py", TMPDIR=str(folder)).out)

    def test_a_taken_port_for_the_debugger(self):
        with socket.socket() as taken:
            try:
                taken.bind(("127.0.0.1", 1234))
            except OSError:
                pass  # somebody else's, which is as good
            taken.listen()
            outcome = self.run_first("--gdb", "main.py")
        self.assertRegex(outcome.out, r"-gdb tcp:127\.0\.0\.1:(?!1234\b)[1-9]\d*\n?")

    def gone(self, process):
        """The stand-in's process is no more."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                os.kill(process, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.05)
        return False

    def test_a_board_that_hangs(self):
        note = self.folder / "process"
        outcome = self.run_first("--time-limit", "0.5", "main.py", EMULATOR_SLEEPS=str(note))
        self.assertEqual(124, outcome.status)
        self.assertTrue(outcome.err.endswith("heddle: the board has not ended within 0.5 s\n"), outcome.err)
        self.assertIn("three\n", outcome.out)
        self.assertTrue(self.gone(int(note.read_text())))

    def test_signals_end_the_emulator(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            note = self.folder / f"process{number}"
            child = self.start(
                "board", "run", "--target", "first", "main.py", env=self.env(EMULATOR_SLEEPS=str(note))
            )
            child.expect("three")
            child.process.send_signal(number)
            self.assertEqual(128 + number, child.end().status)
            self.assertTrue(self.gone(int(note.read_text())))


if __name__ == "__main__":
    unittest.main()
