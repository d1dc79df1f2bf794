"""Every module that users of Debian's micropython have is here, and does something."""

import socket
import unittest

from heddle import Case

MODULES = """
    __main__ _thread array asyncio binascii builtins cmath collections cryptolib deflate errno ffi framebuf gc hashlib
    heapq io json machine math micropython mip mutex os platform random re requests select socket struct sys termios
    time uasyncio uctypes unittest vfs websocket
""".split()

# What a module is asked, and what it answers.
USES = {
    "array": ("print(array.array('h', [1, -2])[1], len(array.array('d', range(3))))", "-2 3"),
    "binascii": (
        "print(binascii.hexlify(b'ab'), binascii.a2b_base64('YWI='), binascii.crc32(b'ab'))",
        "b'6162' b'ab' 2659403885",
    ),
    "builtins": ("print(builtins.abs(-1), builtins.sorted([2, 1]))", "1 [1, 2]"),
    "cmath": ("print(cmath.rect(2, 0), abs(cmath.exp(1j)))", "(2+0j) 1.0"),
    "collections": (
        "d = collections.deque((), 2); d.append(1); d.append(2); d.append(3); "
        "print(list(d), collections.namedtuple('P', 'x y')(1, 2), list(collections.OrderedDict([(2, 1), (1, 2)])))",
        "[2, 3] P(x=1, y=2) [2, 1]",
    ),
    "cryptolib": (
        "print(cryptolib.aes(bytes(range(16)), 1).encrypt(bytes.fromhex('00112233445566778899aabbccddeeff')).hex())",
        "69c4e0d86a7b0430d8cdb78070b4c55a",
    ),
    "deflate": (
        "import io; data = bytes.fromhex('789ccb48cdc9c95728cf2fca4901001a0b045d'); "
        "print(deflate.DeflateIO(io.BytesIO(data), deflate.ZLIB).read())",
        "b'hello world'",
    ),
    "errno": ("print(errno.ENOENT, errno.errorcode[2])", "2 ENOENT"),
    "ffi": ("f = ffi.open('libc.so.6').func('i', 'abs', 'i'); print(f(-5), ffi.open(None) is not None)", "5 True"),
    "framebuf": (
        "b = bytearray(8); f = framebuf.FrameBuffer(b, 8, 8, framebuf.MONO_HLSB); f.text('I', 0, 0); print(b.hex())",
        "3c18181818183c00",
    ),
    "gc": ("gc.collect(); print(gc.mem_free() > 0, gc.isenabled(), gc.threshold())", "True True -1"),
    "hashlib": (
        "print(hashlib.sha256(b'abc').digest().hex()[:16], hashlib.md5(b'').digest().hex()[:16], "
        "hashlib.sha1(b'abc').digest().hex()[:16])",
        "ba7816bf8f01cfea d41d8cd98f00b204 a9993e364706816a",
    ),
    "heapq": ("h = [3, 1, 2]; heapq.heapify(h); print(heapq.heappop(h), heapq.heappop(h))", "1 2"),
    "io": ("f = io.StringIO(); f.write('text'); print(f.getvalue(), io.BytesIO(b'ab').read(1))", "text b'a'"),
    "json": (
        "print(json.dumps({'a': [1, None]}), json.loads('[1.5, \"x\", {}]'))",
        """{"a": [1, null]} [1.5, 'x', {}]""",
    ),
    "machine": (
        "Pin = type('Pin', (machine.PinBase,), {'value': lambda self, *x: 1}); "
        "print(machine.Signal(Pin(), invert=True).value(), machine.mem8)",
        "0 <8-bit memory>",
    ),
    "math": (
        "print(math.floor(math.pi), math.isclose(math.sin(math.pi / 2), 1.0), math.factorial(20))",
        "3 True 2432902008176640000",
    ),
    "micropython": ("print(micropython.opt_level(), micropython.const(5)); micropython.mem_info", "0 5"),
    "mutex": ("m = mutex.Mutex(); print(m.test(), m.test()); m.release(); print(m.test())", "True False\nTrue"),
    "os": ("print(os.getenv('HOME') == os.getcwd(), os.stat('.')[0] >> 12, len(os.urandom(5)))", "True 4 5"),
    "platform": ("print(platform.platform().split('-')[0], platform.libc_ver()[0])", "Linux glibc"),
    "random": (
        "random.seed(1); a = random.random(); random.seed(1); print(a == random.random(), random.randint(5, 5))",
        "True 5",
    ),
    "re": (
        "print(re.match('(a+)(b*)', 'aab').group(1), re.sub('x', 'y', 'axa'), re.compile(' ').split('a b'))",
        "aa aya ['a', 'b']",
    ),
    "select": ("import sys; p = select.poll(); p.register(sys.stdout, select.POLLOUT); print(p.poll(0)[0][1])", "4"),
    "struct": (
        "print(struct.pack('<hH', -1, 5), struct.calcsize('>q'), struct.unpack('>h', b'\\x01\\x02'))",
        "b'\\xff\\xff\\x05\\x00' 8 (258,)",
    ),
    "sys": ("print(sys.byteorder, sys.maxsize > 2**60, sys.version_info[:2])", "little True (3, 4)"),
    "time": (
        "a = time.ticks_ms(); time.sleep_ms(5); print(time.ticks_diff(time.ticks_ms(), a) >= 5, time.gmtime(0)[:3])",
        "True (1970, 1, 1)",
    ),
    "uctypes": (
        "s = uctypes.struct(uctypes.addressof(b'\\x01\\x02\\x03'), {'a': uctypes.UINT8 | 0, 'b': uctypes.UINT16 | 1}, "
        "uctypes.LITTLE_ENDIAN); print(s.a, hex(s.b))",
        "1 0x302",
    ),
    "websocket": ("import io; print(websocket.websocket(io.BytesIO(b'\\x81\\x02hi')).read(2))", "b'hi'"),
}


class ModulesTest(Case):
    def test_each_can_be_imported(self):
        for module in MODULES:
            with self.subTest(module):
                self.assertEqual((0, "", ""), self.run_heddle("-c", f"import {module}"))

    def test_help_lists_them(self):
        listed = self.run_heddle("-c", "help('modules')").out.replace("/__init__", "").split()
        self.assertEqual([], [module for module in MODULES if module not in listed])

    def test_each_does_something(self):
        for module, (code, expected) in USES.items():
            with self.subTest(module):
                self.assertEqual((0, expected + "\n", ""), self.run_heddle("--board", "unix", "-c", f"import {module}; {code}"))


class FilesTest(Case):
    def test_os_and_open(self):
        self.check_prints(
            """
            import os
            os.mkdir("sub")
            with open("sub/a.txt", "w") as f:
                f.write("one\\ntwo\\n")
            with open("sub/a.txt") as f:
                print([line for line in f])
            os.rename("sub/a.txt", "sub/b.txt")
            print(os.listdir("sub"), os.stat("sub/b.txt")[6], [e[0] for e in os.ilistdir("sub")])
            os.chdir("sub")
            os.remove("b.txt")
            print(os.listdir())
            try:
                open("b.txt")
            except OSError as error:
                print(error)
            os.chdir("..")
            os.rmdir("sub")
            """,
            "['one\\n', 'two\\n']\n['b.txt'] 8 ['b.txt']\n[]\n[Errno 2] ENOENT\n",
        )

    def test_vfs_of_each_kind(self):
        for kind in ("VfsFat", "VfsLfs1", "VfsLfs2"):
            with self.subTest(kind):
                self.check_prints(
                    f"""
                    import os, vfs
                    class Disk:
                        def __init__(self):
                            self.data = bytearray(512 * 100)
                        def readblocks(self, n, buf, off=0):
                            buf[:] = self.data[n * 512 + off:n * 512 + off + len(buf)]
                        def writeblocks(self, n, buf, off=0):
                            self.data[n * 512 + off:n * 512 + off + len(buf)] = buf
                        def ioctl(self, op, arg):
                            return {{4: 100, 5: 512, 6: 0}}.get(op)
                    disk = Disk()
                    vfs.{kind}.mkfs(disk)
                    vfs.mount(vfs.{kind}(disk), "/disk")
                    with open("/disk/text", "w") as f:
                        f.write("kept")
                    vfs.umount("/disk")
                    vfs.mount(disk, "/disk")
                    print(os.listdir("/disk"), open("/disk/text").read())
                    """,
                    "['text'] kept\n",
                )

    def test_the_files_of_the_host_in_another_place(self):
        self.write("below/text", "kept")
        self.check_prints("import vfs\nvfs.mount(vfs.VfsPosix('below'), '/b')\nprint(open('/b/text').read())", "kept\n")

    def test_commands(self):
        self.check_prints("import os\nprint(os.system('exit 3') >> 8, os.system('true'))", "3 0\n")

    def test_the_environment(self):
        self.check_prints(
            """
            import os
            os.putenv("A", "1")
            os.system("echo $A")
            os.unsetenv("A")
            print(os.getenv("A"), os.getenv("A", "none"))
            """,
            "1\nNone none\n",
        )


class TerminalTest(Case):
    def test_termios_on_what_is_no_terminal(self):
        self.check_prints(
            """
            import termios
            try:
                termios.tcgetattr(0)
            except OSError as error:
                print(error.errno)
            print(termios.TCSANOW)
            """,
            "25\n0\n",
        )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NetworkTest(Case):
    def test_an_echo_between_two_threads(self):
        self.check_prints(
            f"""
            import _thread, socket
            address = socket.getaddrinfo("127.0.0.1", {free_port()})[0][-1]
            server = socket.socket()
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.bind(address)
            server.listen(1)
            def serve():
                connection, _ = server.accept()
                while True:
                    line = connection.readline()
                    if not line:
                        break
                    connection.write(line.upper())
                connection.close()
            _thread.start_new_thread(serve, ())
            client = socket.socket()
            client.connect(address)
            for i in range(100):
                client.write(b"hello %d\\n" % i)
                assert client.readline() == b"HELLO %d\\n" % i
            print("echoed")
            client.close()
            """,
            "echoed\n",
        )


class AsyncioTest(Case):
    def test_tasks_sleep_side_by_side(self):
        self.check_prints(
            """
            import asyncio, time
            async def work(name, ms):
                await asyncio.sleep_ms(ms)
                print(name)
                return name
            async def main():
                print(await asyncio.gather(work("slow", 60), work("fast", 20)))
                try:
                    await asyncio.wait_for(work("never", 10000), 0.01)
                except asyncio.TimeoutError:
                    print("late")
            before = time.ticks_ms()
            asyncio.run(main())
            print(time.ticks_diff(time.ticks_ms(), before) < 1000)
            """,
            "fast\nslow\n['slow', 'fast']\nlate\nTrue\n",
        )

    def test_a_flag_from_another_thread(self):
        self.check_prints(
            """
            import _thread, asyncio, time
            flag = asyncio.ThreadSafeFlag()
            def other():
                time.sleep_ms(20)
                flag.set()
            async def main():
                _thread.start_new_thread(other, ())
                await flag.wait()
                print("flag")
            asyncio.run(main())
            """,
            "flag\n",
        )

    def test_streams(self):
        port = free_port()
        self.check_prints(
            f"""
            import asyncio
            async def serve(reader, writer):
                writer.write((await reader.readline()).upper())
                await writer.drain()
                writer.close()
            async def main():
                server = await asyncio.start_server(serve, "127.0.0.1", {port})
                reader, writer = await asyncio.open_connection("127.0.0.1", {port})
                writer.write(b"hello\\n")
                await writer.drain()
                print(await reader.readline())
                server.close()
            asyncio.run(main())
            """,
            "b'HELLO\\n'\n",
        )


if __name__ == "__main__":
    unittest.main()
