"""Builds MicroPython's own ports, out of their tree, with Heddle's user modules or without."""

import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
USERMOD = ROOT / "firmware/usermod"
SETUP = ROOT / "tools/setup"

BUILD_LIMIT_S = 240

# What the unix port is built with: its libraries are not in Debian's copy of the source.
UNIX = {"MICROPY_PY_BTREE": "0", "MICROPY_PY_SSL": "0", "MICROPY_SSL_MBEDTLS": "0"}

ARM = ("arm-none-eabi-", "qemu-system-arm")
RISCV = ("riscv64-unknown-elf-", "qemu-system-riscv32")


class CannotRun(Exception):
    """Something of the machine is missing; the text is one line for the user."""


def micropython_dir():
    if folder := os.environ.get("MICROPYTHON_DIR"):
        return Path(folder)
    return Path(subprocess.run([SETUP, "--print-micropython-dir"], check=True, capture_output=True, text=True)
                .stdout.strip())


def version():
    """MicroPython's, as (major, minor)."""
    header = (micropython_dir() / "py/mpconfig.h").read_text()
    return tuple(int(re.search(rf"^#define MICROPY_VERSION_{part} (\d+)", header, re.MULTILINE)[1])
                 for part in ("MAJOR", "MINOR"))


def need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            raise CannotRun(f"{program} is missing; tools/setup --firmware installs it")


def make(port, build, modules, variables, environment=()):
    """Builds one port; raises RuntimeError with the end of what make said."""
    build.mkdir(parents=True, exist_ok=True)
    settings = {"BUILD": build, "USER_C_MODULES": USERMOD if modules else ""} | variables
    process = subprocess.run(
        ["make", "--no-print-directory", "-s", "-j2", *(f"{name}={value}" for name, value in settings.items())],
        cwd=micropython_dir() / "ports" / port,
        env=os.environ | dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=BUILD_LIMIT_S,
    )
    if process.returncode != 0:
        raise RuntimeError(f"make in ports/{port} failed:\n" + "\n".join(process.stdout.splitlines()[-20:]))


def unix(build, mpy_cross, **variables):
    """MicroPython's unix port with the modules; its program."""
    source = micropython_dir()
    frozen = {
        "FROZEN_MANIFEST": source / "extmod/asyncio/manifest.py",
        "MPY_LIB_DIR": source,
        "MICROPY_MPYCROSS": mpy_cross,
        "MICROPY_MPYCROSS_DEPENDENCY": mpy_cross,
    }
    make("unix", build, True, UNIX | frozen | variables)
    return build / "micropython"


class Board:
    """A board of MicroPython's port for QEMU."""

    def __init__(self, name, tools, machine, variables=None, environment=()):
        self.name = name
        self.prefix, self.qemu = tools
        self.machine = machine
        self.variables = variables or {}
        self.environment = environment

    def image(self, build, modules=True):
        need(self.prefix + "g++", self.qemu)
        settings = {"BOARD": self.name, "FROZEN_MANIFEST": ""} | self.variables
        make("qemu", build, modules, settings, self.environment)
        return build / "firmware.elf"

    def command(self, image):
        return [self.qemu, *self.machine, "-nographic", "-monitor", "null", "-semihosting", "-serial", "stdio",
                "-kernel", image]

    def tool(self, name, *arguments):
        return subprocess.run([self.prefix + name, *arguments], check=True, capture_output=True, text=True).stdout

    def sizes(self, image):
        """Bytes of flash and RAM of an image."""
        text, data, bss = map(int, self.tool("size", image).splitlines()[1].split()[:3])
        return text + data, data + bss

    def own_sizes(self, image):
        """Bytes of flash and RAM that Heddle's own objects bring into an image."""
        linked = image.with_suffix(".map").read_text().partition("Linker script and memory map")[2]
        parts = re.findall(r"^ \.(text|rodata|srodata|data|sdata|bss|sbss)\S*\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) "
                           r"\S*/(?:src/mpy|src/port/linux|heddle)/\w+\.o$", linked, re.MULTILINE)
        kept = [(kind, int(size, 16)) for kind, address, size in parts if int(address, 16)]
        flash = sum(size for kind, size in kept if "bss" not in kind)
        return flash, sum(size for kind, size in kept if kind.endswith(("data", "bss")) and "ro" not in kind)

    def instructions(self, image, function):
        """The function's instructions, each as its mnemonic and operands."""
        listing = self.tool("objdump", "-d", "--no-show-raw-insn", f"--disassemble={function}", image)
        found = re.findall(r"^\s*[0-9a-f]+:\s+([a-z][\w.]*)[ \t]*(.*)$", listing, re.MULTILINE)
        return [(name, operands.strip()) for name, operands in found]


BOARDS = {
    "mps2-an385": Board("MPS2_AN385", ARM, ["-machine", "mps2-an385"]),
    "microbit": Board("MICROBIT", ARM, ["-machine", "microbit", "-global", "nrf51-soc.flash-size=1048576",
                                        "-global", "nrf51-soc.sram-size=262144"]),
    # Debian's binutils know no `zicsr`, and count it among the base instructions of the older specification.
    "virt-rv32": Board("VIRT_RV32", RISCV, ["-machine", "virt", "-bios", "none"], {"RV32_ARCH": "rv32imac"},
                       {"AFLAGS": "-misa-spec=2.2"}),
}
