"""What tools/setup says and does when something is missing or wrong, with a machine made of stubs.

No test touches the network or the machine's packages: PATH holds only stand-ins and the few plain tools that
the script uses, so a stand-in that is left out is a program that the machine does not have.
"""

import shutil
import signal
import subprocess
import tarfile
import tempfile
import unittest
from pathlib import Path

SETUP = Path(__file__).resolve().parents[2] / "tools" / "setup"

PLAIN_TOOLS = """awk bash cat comm env flock grep head id mkdir mktemp mv patch realpath rm sed sha256sum sh sort
                 tail tar xz""".split()

TARBALL = "micropython_1.25.0+ds.orig.tar.xz"
DEBIAN_TARBALL = "micropython_1.25.0+ds-1.debian.tar.xz"
TARBALLS = (TARBALL, DEBIAN_TARBALL)
TREE = "micropython-1.25.0+ds-1"

PATCH = "debian/patches/mip.patch"
ADDED = "lib/micropython-lib/micropython/requests/requests/__init__.py"

ALL_INSTALLED = 'shift 3; for name; do echo "installed $name"; done'
ALL_BUT_CMAKE = 'shift 3; for name; do [ "$name" = cmake ] || echo "installed $name"; done'
SOURCE_LIST = "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {} trixie main"
CHECKSUM_IS_RIGHT = "exit 0"
CHECKSUM_IS_WRONG_OF = 'read -r sum name; [ "${{name##*/}}" != "{}" ]'

ONE_MIRROR = """
    case "$*" in *indextargets*) echo "main bookworm http://mirror.invalid/debian/ Debian"; exit ;; esac
"""


class SetupTest(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        self.bin = self.root / "bin"
        self.bin.mkdir()
        for tool in PLAIN_TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.calls = self.root / "calls"
        self.cache = self.root / "cache" / "heddle"
        self.environment = {"PATH": str(self.bin), "XDG_CACHE_HOME": str(self.root / "cache")}
        self.stub("dpkg-query", ALL_INSTALLED)
        self.stub("apt-get", "exit 100")

    def stub(self, name, script):
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.calls}"\n{script}\n')
        path.chmod(0o755)

    def stub_tar(self, script):
        """A tar that unpacks no tree, only the patch; $tree is the folder that it was to unpack into."""
        to_stdout = f'case "$*" in *--to-stdout*) exec {shutil.which("tar")} "$@" ;; esac\n'
        self.stub("tar", to_stdout + 'while [ "$1" != --directory ]; do shift; done; tree=$2\n' + script)

    def be_user(self):
        self.stub("id", "echo 1000")

    def run_setup(self, *arguments):
        return subprocess.run(
            [SETUP, *arguments], env=self.environment, cwd=self.root, capture_output=True, text=True, timeout=20
        )

    def assert_refused(self, said, *arguments):
        result = self.run_setup(*arguments)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertEqual(result.stderr, f"tools/setup: {said}\n")

    def assert_fine(self, printed, *arguments):
        result = self.run_setup(*arguments)
        self.assertEqual((result.returncode, result.stderr, result.stdout), (0, "", printed))

    def assert_never_called(self, program):
        calls = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.assertEqual([call for call in calls if call.startswith(program + " ")], [])

    def make_checkout(self, major=1, minor=24):
        checkout = self.root / "checkout"
        (checkout / "ports" / "unix").mkdir(parents=True)
        (checkout / "py").mkdir()
        (checkout / "py" / "py.cmake").touch()
        (checkout / "py" / "mpconfig.h").write_text(
            f"#define MICROPY_VERSION_MAJOR {major}\n#define MICROPY_VERSION_MINOR {minor}\n"
        )
        return checkout

    def make_tarballs(self, folder):
        """A tree of one file and a patch that adds another, and a checksum tool that takes them for the real ones."""
        self.stub("sha256sum", CHECKSUM_IS_RIGHT)
        folder.mkdir(parents=True)
        patch = self.root / "patch"
        patch.write_text(f"--- /dev/null\n+++ b/{ADDED}\n@@ -0,0 +1,1 @@\n+added = True\n")
        with tarfile.open(folder / TARBALL, "w:xz") as archive:
            archive.add(self.make_checkout() / "py" / "mpconfig.h", "micropython-1.25.0/py/mpconfig.h")
        with tarfile.open(folder / DEBIAN_TARBALL, "w:xz") as archive:
            archive.add(patch, PATCH)

    def cache_tarballs(self):
        self.make_tarballs(self.cache)


class Packages(SetupTest):
    def test_missing_package_without_root_or_sudo(self):
        self.stub("dpkg-query", ALL_BUT_CMAKE)
        self.be_user()
        refusal = (
            "missing packages: cmake; run as root: "
            "apt-get update && apt-get install --yes --no-install-recommends cmake"
        )
        self.assert_refused(refusal)
        self.stub("sudo", "echo 'sudo: a password is required' >&2; exit 1")
        self.assert_refused(refusal)
        self.assert_never_called("apt-get")

    def test_missing_package_without_apt(self):
        self.stub("dpkg-query", ALL_BUT_CMAKE)
        (self.bin / "apt-get").unlink()
        self.assert_refused("no apt-get here; Heddle needs what these Debian packages hold: cmake")

    def test_asks_apt_only_for_what_is_missing(self):
        self.environment["MICROPYTHON_DIR"] = str(self.make_checkout())
        self.stub("dpkg-query", ALL_BUT_CMAKE)
        self.stub("id", "echo 0")
        self.stub("apt-get", "exit 0")
        self.assert_fine("tools/setup: installing cmake\n")
        calls = [call for call in self.calls.read_text().splitlines() if call.startswith("apt-get")]
        self.assertEqual(len(calls), 2)
        self.assertTrue(calls[0].endswith(" update"), calls)
        self.assertTrue(calls[1].endswith(" install cmake"), calls)

    def test_sudo_is_used_when_it_asks_no_password(self):
        self.environment["MICROPYTHON_DIR"] = str(self.make_checkout())
        self.stub("dpkg-query", ALL_BUT_CMAKE)
        self.be_user()
        self.stub("sudo", 'shift; [ "$1" = true ] || exec "$@"')
        self.stub("apt-get", "exit 0")
        self.assert_fine("tools/setup: installing cmake\n")
        self.assertIn("sudo -n apt-get", self.calls.read_text())

    def test_install_that_fails_gives_apts_reason(self):
        self.stub("dpkg-query", ALL_BUT_CMAKE)
        self.stub("id", "echo 0")
        self.stub("apt-get", "echo 'Reading package lists...'; echo 'E: Unable to locate package cmake'; exit 100")
        self.assert_refused("could not install cmake (E: Unable to locate package cmake)")

    def test_options_ask_for_more(self):
        self.stub("dpkg-query", "exit 1")
        (self.bin / "apt-get").unlink()
        refusal = "no apt-get here; Heddle needs what these Debian packages hold: "
        base = self.packages_refused(refusal)
        bench = {"libabsl-dev", "libbenchmark-dev", "libnsync-dev", "libtbb-dev"}
        lint = {"clang-format", "clang-tidy"}
        firmware = {"gcc-arm-none-eabi", "libnewlib-arm-none-eabi", "libstdc++-arm-none-eabi-newlib", "qemu-system-arm",
                    "gcc-riscv64-unknown-elf", "picolibc-riscv64-unknown-elf", "pkg-config", "qemu-system-misc",
                    "gdb-multiarch", "python3-serial"}
        self.assertLess({"build-essential", "cmake", "ninja-build", "libboost-context-dev"}, base)
        self.assertEqual(self.packages_refused(refusal, "--bench") - base, bench)
        self.assertEqual(self.packages_refused(refusal, "--lint") - base, lint)
        self.assertEqual(self.packages_refused(refusal, "--firmware") - base, firmware)
        self.assertEqual(self.packages_refused(refusal, "--bench", "--lint") - base, bench | lint)

    def packages_refused(self, refusal, *arguments):
        result = self.run_setup(*arguments)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, f"\\Atools/setup: {refusal}[^\n]+\n\\Z")
        return set(result.stderr.rpartition(": ")[2].split())


class Fetching(SetupTest):
    no_checkout = "set MICROPYTHON_DIR to a MicroPython checkout, 1.24 or newer"

    def could_not_fetch(self, reason):
        return f"could not fetch MicroPython's source (E: {reason}); check the network, or {self.no_checkout}"

    def be_archive(self):
        archive = self.root / "archive"
        self.make_tarballs(archive)
        self.stub("cp", f'exec {shutil.which("cp")} "$@"')
        self.stub("apt-get", ONE_MIRROR + f'case "$*" in *--download-only*) cp "{archive}"/* . ;; esac')

    def assert_nothing_kept(self):
        self.assertEqual([entry.name for entry in self.cache.iterdir()], ["lock"])

    def test_no_network(self):
        self.stub("apt-get", ONE_MIRROR + "echo 'Ign:1'; echo 'E: Temporary failure resolving'; exit 100")
        self.assert_refused(self.could_not_fetch("Temporary failure resolving"))
        self.assert_nothing_kept()

    def test_version_has_left_the_archive(self):
        self.stub("apt-get", ONE_MIRROR + 'case "$*" in *--print-uris*) exit 100 ;; esac')
        self.assert_refused(f"the Debian archive no longer has MicroPython 1.25.0+ds-1; {self.no_checkout}")
        self.assert_nothing_kept()

    def test_fetched_tarball_with_wrong_checksum(self):
        self.be_archive()
        for name in TARBALLS:
            with self.subTest(name):
                self.stub("sha256sum", CHECKSUM_IS_WRONG_OF.format(name))
                self.assert_refused(f"the archive's {name} has the wrong checksum; {self.no_checkout}")
                self.assert_nothing_kept()

    def test_both_tarballs_are_fetched_and_kept(self):
        self.be_archive()
        self.assert_fine("tools/setup: fetching MicroPython's source\n")
        self.assertEqual({entry.name for entry in self.cache.iterdir()}, {*TARBALLS, TREE, "lock"})

        shutil.rmtree(self.cache / TREE)
        self.stub("apt-get", "exit 100")
        self.assert_fine("")
        self.assertTrue((self.cache / TREE / ADDED).exists())

    def test_cache_of_an_older_heddle_is_completed(self):
        self.be_archive()
        (self.cache / "micropython-1.25.0").mkdir(parents=True)
        shutil.copy(self.root / "archive" / TARBALL, self.cache)
        self.assert_fine(f"{self.cache / TREE}\n", "--print-micropython-dir")
        self.assertTrue((self.cache / TREE / ADDED).exists())
        self.assertTrue((self.cache / DEBIAN_TARBALL).exists())

    def test_no_debian_archive_in_apts_configuration(self):
        self.stub("apt-get", 'echo "main noble http://mirror.invalid/ Other"')
        self.assert_refused(
            "apt's configuration names no Debian archive to fetch MicroPython's source from; " + self.no_checkout
        )

    def test_no_apt(self):
        (self.bin / "apt-get").unlink()
        self.assert_refused("no apt-get here to fetch MicroPython's source with; " + self.no_checkout)

    def test_security_and_foreign_archives_are_passed_over(self):
        self.stub(
            "apt-get",
            """case "$*" in
                *indextargets*)
                    echo "main bookworm http://foreign.invalid/ Other, Inc."
                    echo "main bookworm-security http://security.invalid/ Debian"
                    echo "contrib bookworm http://contrib.invalid/ Debian"
                    echo "main bookworm http://main.invalid/ Debian" ;;
                *) echo "E: $(cat sources.list)"; exit 100 ;;
            esac""",
        )
        self.assert_refused(self.could_not_fetch(SOURCE_LIST.format("http://main.invalid/")))

    def test_empty_package_lists_still_name_the_archive(self):
        self.stub(
            "apt-get",
            """case "$*" in
                *--no-release-info*)
                    echo "main bookworm-updates http://updates.invalid/ \\$(ORIGIN)"
                    echo "main bookworm http://main.invalid/ \\$(ORIGIN)" ;;
                *indextargets*) ;;
                *) echo "E: $(cat sources.list)"; exit 100 ;;
            esac""",
        )
        self.assert_refused(self.could_not_fetch(SOURCE_LIST.format("http://main.invalid/")))


class Cache(SetupTest):
    def test_cached_tarball_with_wrong_checksum(self):
        self.cache.mkdir(parents=True)
        for name in TARBALLS:
            with self.subTest(name):
                tarball = self.cache / name
                tarball.write_bytes(b"cut off")
                refusal = f"{tarball} has the wrong checksum; delete it and run tools/setup again"
                self.assert_refused(refusal)
                self.assert_refused(refusal, "--print-micropython-dir")
                self.assertEqual(tarball.read_bytes(), b"cut off")
                self.assertFalse((self.cache / TREE).exists())
                tarball.unlink()

    def test_cache_is_used_offline(self):
        self.cache_tarballs()
        self.assert_fine(f"{self.cache / TREE}\n", "--print-micropython-dir")
        self.assert_fine("")
        self.assertTrue((self.cache / TREE / "py" / "mpconfig.h").exists())
        self.assertEqual((self.cache / TREE / ADDED).read_text(), "added = True\n")
        self.assert_never_called("apt-get")

    def test_printing_installs_nothing(self):
        self.cache_tarballs()
        self.stub("dpkg-query", "exit 1")
        self.assert_fine(f"{self.cache / TREE}\n", "--print-micropython-dir")
        self.assert_never_called("apt-get")

    def test_unpacking_that_fails_leaves_no_tree(self):
        self.cache_tarballs()
        self.stub_tar('echo half >"$tree/half"; echo "tar: No space left on device\ntar: Exiting" >&2; exit 2')
        self.assert_refused(f"could not unpack {self.cache / TARBALL} (tar: No space left on device)")
        self.assertEqual({entry.name for entry in self.cache.iterdir()}, {*TARBALLS, "lock"})

    def assert_patch_refused(self, reason):
        self.assert_refused(f"could not apply {PATCH} of {self.cache / DEBIAN_TARBALL} ({reason})")
        self.assertEqual({entry.name for entry in self.cache.iterdir()}, {*TARBALLS, "lock"})

    def test_patching_that_fails_leaves_no_tree(self):
        self.cache_tarballs()
        self.stub("patch", 'cat >/dev/null; echo "patch: **** no space left"; echo more >&2; exit 2')
        self.assert_patch_refused("patch: **** no space left")

    def test_tarball_without_the_patch_leaves_no_tree(self):
        self.cache_tarballs()
        shutil.copy(self.cache / TARBALL, self.cache / DEBIAN_TARBALL)
        self.assert_patch_refused(f"tar: {PATCH}: Not found in archive")

    def test_unpacking_that_is_killed_leaves_no_tree_and_is_done_again(self):
        self.cache_tarballs()
        self.stub_tar('echo half >"$tree/half"; kill -KILL $PPID')
        self.assertEqual(self.run_setup().returncode, -signal.SIGKILL)
        self.assertFalse((self.cache / TREE).exists())

        (self.bin / "tar").unlink()
        (self.bin / "tar").symlink_to(shutil.which("tar"))
        self.assert_fine("")
        self.assertEqual({entry.name for entry in (self.cache / TREE).iterdir()}, {"lib", "py"})
        self.assertFalse((self.cache / "unfinished").exists())

    def test_two_set_ups_at_once_unpack_once(self):
        self.cache_tarballs()
        self.stub("sleep", f'exec {shutil.which("sleep")} "$@"')
        self.stub_tar('sleep 0.5; echo whole >"$tree/whole"')
        runs = [
            subprocess.Popen([SETUP], env=self.environment, stderr=subprocess.PIPE, text=True) for _ in range(2)
        ]
        results = [(run.communicate(timeout=20)[1], run.returncode) for run in runs]
        self.assertEqual(results, [("", 0), ("", 0)])
        self.assertEqual({entry.name for entry in (self.cache / TREE).iterdir()}, {"lib", "whole"})
        self.assertEqual(self.calls.read_text().count("--directory "), 1)

    def test_cache_folder_that_cannot_be_made(self):
        (self.root / "cache").write_text("a file is in the way")
        self.assert_refused(f"cannot make the cache folder {self.cache}")

    def test_no_home(self):
        del self.environment["XDG_CACHE_HOME"]
        self.assert_refused(
            "neither HOME nor XDG_CACHE_HOME is set, so there is no folder to keep MicroPython's source in"
        )

    def test_home_is_used_without_cache_home(self):
        self.cache_tarballs()
        del self.environment["XDG_CACHE_HOME"]
        home = self.root / "home of one"
        (home / ".cache").mkdir(parents=True)
        self.cache.rename(home / ".cache" / "heddle")
        self.environment["HOME"] = str(home)
        self.assert_fine(f"{home}/.cache/heddle/{TREE}\n", "--print-micropython-dir")


class OwnCheckout(SetupTest):
    def use(self, checkout):
        self.environment["MICROPYTHON_DIR"] = str(checkout)

    def test_good(self):
        for major, minor in (1, 24), (1, 30), (2, 0):
            with self.subTest(major=major, minor=minor):
                checkout = self.make_checkout(major, minor)
                self.use(checkout)
                self.assert_fine(f"{checkout}\n", "--print-micropython-dir")
                self.assert_fine("")
                shutil.rmtree(checkout)
        self.assert_never_called("apt-get")
        self.assertFalse(self.cache.exists())

    def test_relative_path_is_printed_whole(self):
        checkout = self.make_checkout()
        self.use(checkout.name)
        self.assert_fine(f"{checkout}\n", "--print-micropython-dir")

    def test_no_checkout(self):
        checkout = self.make_checkout()
        self.use(checkout)
        for lost in "ports/unix", "py/py.cmake", "py/mpconfig.h":
            path = checkout / lost
            path.rmdir() if path.is_dir() else path.unlink()
            self.assert_refused(f"MICROPYTHON_DIR={checkout} is no MicroPython checkout: it has no {lost}")

    def test_too_old(self):
        self.use(self.make_checkout(1, 23))
        self.assert_refused(
            f"MICROPYTHON_DIR={self.root}/checkout is MicroPython 1.23; Heddle needs 1.24 or newer"
        )

    def test_unreadable_version(self):
        checkout = self.make_checkout()
        (checkout / "py" / "mpconfig.h").write_text("")
        self.use(checkout)
        self.assert_refused(f"MICROPYTHON_DIR={checkout} is MicroPython ?.?; Heddle needs 1.24 or newer")


class Options(SetupTest):
    def test_unknown_option(self):
        self.assert_refused("unknown option --frobnicate; see tools/setup --help", "--frobnicate")


if __name__ == "__main__":
    unittest.main()
