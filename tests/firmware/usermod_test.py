"""Heddle's user modules in MicroPython's own ports: built by the port's makefile, then put to the test."""

import os
import re
import resource
import signal
import subprocess
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import measure
import ports
from raw_repl import RawRepl

sys.path.append(str(ports.ROOT / "tests/upstream"))

from suites import copy_tests  # noqa: E402

HERE = Path(__file__).resolve().parent
CONFORMANCE = ports.ROOT / "tests/conformance"
BUILDS = Path(os.environ.get("FIRMWARE_BUILDS", ports.ROOT / "build/firmware"))
MPY_CROSS = Path(os.environ.get("MPY_CROSS", ports.ROOT / "build/mpy-cross/mpy-cross"))

# Longer than anything here takes on a busy machine: what is not over by then hangs.
LIMIT_S = 60
BOARD_LIMIT_S = 20

# Whose sizes are in docs/firmware.md: what tools/setup fetches.
DOCUMENTED_VERSION = (1, 25)

ARGUMENTS = {"stress_api": ("3000", "1")}


def exceptions(build):
    """Scripts that do not apply to this build."""
    builds = (build, f"{build}_{'since' if ports.version() >= (1, 26) else 'before'}_1.26")
    for line in (HERE / "usermod_exceptions.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, colon, reason = line.partition(": ")
            assert colon and reason, f"no reason given: {line}"
            of_build, script = name.split()
            if of_build in builds:
                yield script


class FirmwareTest(unittest.TestCase):
    def build(self, make, *arguments, **variables):
        try:
            return make(*arguments, **variables)
        except ports.CannotRun as error:
            self.fail(str(error))


class UnixTest(FirmwareTest):
    """The three kinds of unix port, each with all conformance scripts that apply."""

    def check_script(self, program, script):
        try:
            process = subprocess.run([program, script, *ARGUMENTS.get(script.stem, ())], stdin=subprocess.DEVNULL,
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            return [f"{script.stem}: hangs"]
        said = process.stdout.decode(errors="replace")
        return [] if process.returncode == 0 and "\nPASS " in "\n" + said else [f"{script.stem}:\n{said[-2000:]}"]

    def check_conformance(self, build, **variables):
        program = self.build(ports.unix, BUILDS / build, MPY_CROSS, **variables)
        scripts = {script.stem: script for script in sorted(CONFORMANCE.glob("*.py"))}
        left_out = set(exceptions(build))
        self.assertLessEqual(left_out, set(scripts), "there is no such script")
        chosen = [script for name, script in scripts.items() if name not in left_out]
        with ThreadPoolExecutor(2) as pool:
            failures = sum(pool.map(lambda script: self.check_script(program, script), chosen), [])
        self.assertFalse(failures, "\n".join(failures))
        return program

    def test_futexes(self):
        self.check_conformance("unix")

    def futex_program(self):
        return self.build(ports.unix, BUILDS / "unix", MPY_CROSS)

    def test_port_mutexes(self):
        self.check_conformance("generic", HEDDLE_FUTEX=0)

    def test_interpreter_lock(self):
        self.check_conformance("gil", HEDDLE_FUTEX=0, VARIANT_DIR=HERE / "variant_gil")

    def test_interrupted_wait(self):
        """Ctrl-C breaks the main thread out of a wait, and leaves the lock's queue whole (S24)."""
        source = (
            "import _thread; lock = _thread.allocate_lock(); lock.acquire(); print('waits')\n"
            "try: lock.acquire()\n"
            "except KeyboardInterrupt: lock.release(); print(lock.acquire(0), lock.acquire(1, 0.01))\n"
        )
        with subprocess.Popen([self.futex_program(), "-c", source], stdout=subprocess.PIPE, text=True) as process:
            self.assertEqual(process.stdout.readline(), "waits\n")
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            try:
                said, _ = process.communicate(timeout=LIMIT_S)
            finally:
                process.kill()
        self.assertEqual(said, "True False\n")

    def test_start_error(self):
        """Where the system has no room for a thread, it is RuntimeError as well as OSError (S12)."""
        source = (
            "import _thread; gate = _thread.allocate_lock(); gate.acquire()\n"
            "try:\n  while True: _thread.start_new_thread(gate.acquire, ())\n"
            "except RuntimeError as error: print(isinstance(error, OSError), error.args[1])\n"
        )
        bytes_of_room = 512 << 20
        process = subprocess.run(
            [self.futex_program(), "-c", source], stdout=subprocess.PIPE, text=True, timeout=LIMIT_S,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (bytes_of_room, bytes_of_room)))
        self.assertEqual(process.stdout, "True can't start new thread\n")

    def test_upstream_thread_tests(self):
        """MicroPython's own tests of threads, but for those that stand in tests/upstream/exceptions.txt too."""
        results = BUILDS / "upstream"
        copy = copy_tests(ports.micropython_dir(), results)
        process = subprocess.run(
            [sys.executable, "-B", "run-tests.py", "-j2", "-d", "thread", "-r", results / "results",
             "-e", "thread_stacksize1"],
            cwd=copy, env=os.environ | {"MICROPY_MICROPYTHON": str(self.futex_program()), "MICROPY_CPYTHON3": sys.executable},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=3 * LIMIT_S,
        )
        verdicts = re.findall(r"^(pass|skip|FAIL)  thread/(\w+)", process.stdout, re.MULTILINE)
        self.assertFalse([name for verdict, name in verdicts if verdict == "FAIL"], process.stdout[-2000:])
        skipped = {name for verdict, name in verdicts if verdict == "skip" and not name.startswith("mutate_")}
        self.assertLessEqual(skipped, {"disable_irq", "thread_stacksize1", "thread_heap_lock"})
        self.assertGreaterEqual(sum(verdict == "pass" for verdict, _ in verdicts), 25)


class CMakeTest(FirmwareTest):
    """micropython.cmake, whose ports need tools that Debian has not: all it lists compiles as it says."""

    def test_compiles(self):
        headers = BUILDS / "generic"
        self.build(ports.unix, headers, MPY_CROSS, HEDDLE_FUTEX=0)
        build = BUILDS / "cmake"
        self.run_quietly(["cmake", "-G", "Ninja", "-S", HERE / "cmake_port", "-B", build,
                          f"-DMICROPY_DIR={ports.micropython_dir()}", f"-DUSER_C_MODULES={ports.USERMOD / 'micropython.cmake'}",
                          f"-DHEADERS={headers}"])
        self.run_quietly(["cmake", "--build", build, "-j2"])
        symbols = self.run_quietly(["nm", "--defined-only", *build.rglob("*.o")])
        for name in ("heddle_module_mutex", "thread_module_of_heddle", "__wrap_mp_call_function_1_protected"):
            self.assertRegex(symbols, rf"\b{name}\b")

    def run_quietly(self, command):
        process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT_S)
        self.assertEqual(process.returncode, 0, process.stdout[-2000:])
        return process.stdout


class BoardTest(FirmwareTest):
    """Boards of QEMU without threads: `mutex` alone."""

    def check_board(self, name):
        board = ports.BOARDS[name]
        image = self.build(board.image, BUILDS / name)
        # The other conformance scripts begin threads that wait for each other.
        for script in (HERE / "mutex_alone.py", CONFORMANCE / "mutex_handler.py"):
            with self.subTest(script.stem), RawRepl(board.command(image)) as repl:
                source = (HERE / "no_threads.py").read_text() + script.read_text()
                printed, error = repl.run(source, BOARD_LIMIT_S)
                self.assertEqual((printed[:5], error), ("PASS ", ""), printed)
        self.check_nothing_runs_before_main(board, image)
        self.check_size(board, image)
        taken = measure.user_module_column(board, image)
        # A few bytes are the version's: names in its tables, and what it inlines.
        if ports.version() == DOCUMENTED_VERSION:
            self.assertEqual(taken, measure.documented(1, name), "see tools/firmware-sizes")
        return board, image, taken

    def check_nothing_runs_before_main(self, board, image):
        """No board runs constructors of C++: there are none."""
        self.assertNotIn("_GLOBAL__sub_I", board.tool("nm", image))
        self.assertNotIn(".init_array", board.tool("objdump", "-h", image))

    def test_cortex_m3(self):
        board, image, taken = self.check_board("mps2-an385")
        self.assertLessEqual(int(taken["instructions: `mutex`: `test()`"]), 12)
        self.assertLessEqual(int(taken["instructions: `mutex`: `release()`"]), 5)
        for method in ("test", "release"):
            for name, operands in board.instructions(image, f"heddle_mutex_{method}"):
                self.assertFalse(name.startswith(("bl", "push")), f"{name} {operands}: a call")

    def check_size(self, board, image):
        flash, ram = board.own_sizes(image)
        self.assertGreater(flash, 200, "the map was not understood")
        self.assertLessEqual(flash, 400)
        self.assertEqual(ram, 0)

    def test_cortex_m0(self):
        self.check_board("microbit")

    def test_rv32(self):
        self.check_board("virt-rv32")


class ErrorTest(unittest.TestCase):
    def test_missing_compiler(self):
        path = os.environ["PATH"]
        os.environ["PATH"] = ""
        try:
            with self.assertRaisesRegex(ports.CannotRun, r"^arm-none-eabi-g\+\+ is missing; tools/setup --firmware"):
                ports.BOARDS["mps2-an385"].image(BUILDS / "none")
        finally:
            os.environ["PATH"] = path


if __name__ == "__main__":
    unittest.main()
