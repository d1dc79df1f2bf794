"""The frozen modules requests and mip, with a server on this machine."""

import functools
import hashlib
import http.server
import json
import os
import threading
import unittest
from pathlib import Path

from heddle import Case

CHECKOUT = os.environ.get("MICROPYTHON_DIR")
LACKS_THEM = CHECKOUT and not list(Path(CHECKOUT).glob("lib/micropython-lib/*/mip/manifest.py"))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder's files, and answers a POST with what came."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


# MicroPython's source of one's own may be a checkout without its submodules: then there is no `requests` to freeze in.
# Debian's source, which is what `make test` takes, has it.
@unittest.skipIf(LACKS_THEM, "MICROPYTHON_DIR is without the submodule lib/micropython-lib")
class LoopbackTest(Case):
    def setUp(self):
        super().setUp()
        handler = functools.partial(Handler, directory=self.folder / "served")
        server = http.server.HTTPServer(("127.0.0.1", 0), handler)
        serving = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        serving.start()
        self.addCleanup(server.server_close)
        self.addCleanup(serving.join)
        self.addCleanup(server.shutdown)
        self.url = f"http://127.0.0.1:{server.server_port}"

    def test_get_of_json(self):
        value = {"name": "heddle", "list": [1, 2.5, None, True]}
        self.write("served/value.json", json.dumps(value))
        self.check_prints(
            f"""
            import requests
            answer = requests.get("{self.url}/value.json")
            print(answer.status_code, answer.json() == {value})
            print(requests.get("{self.url}/nowhere").status_code)
            """,
            "200 True\n404\n",
        )

    def test_post_of_json(self):
        self.check_prints(
            f"""
            import requests
            answer = requests.post("{self.url}", json={{"a": [1]}})
            print(answer.status_code, answer.text)
            """,
            '201 {"a": [1]}\n',
        )

    def test_threads_get_at_once(self):
        self.write("served/text", "kept")
        self.check_prints(
            f"""
            import _thread, requests
            done = _thread.allocate_lock()
            done.acquire()
            texts = []
            def get():
                texts.append(requests.get("{self.url}/text").text)
                if len(texts) == 4:
                    done.release()
            for _ in range(4):
                _thread.start_new_thread(get, ())
            done.acquire()
            print(texts == ["kept"] * 4)
            """,
            "True\n",
        )

    def test_mip_installs_a_package(self):
        code = "print('installed')\n"
        digest = hashlib.sha256(code.encode()).hexdigest()[:8]
        self.write(f"served/file/{digest[:2]}/{digest}", code)
        self.write("served/package/py/thing/latest.json", json.dumps({"hashes": [["thing/__init__.py", digest]]}))
        outcome = self.run_code(
            f"""
            import mip, sys
            mip.install("thing", index="{self.url}", target="lib", mpy=False)
            sys.path.append("lib")
            import thing
            """
        )
        self.assertEqual((0, ""), (outcome.status, outcome.err))
        self.assertTrue(outcome.out.endswith("\nDone\ninstalled\n"), outcome.out)

    def test_help_lists_them(self):
        listed = self.run_heddle("-c", "help('modules')").out.replace("/__init__", "").split()
        self.assertLess({"mip", "requests"}, set(listed))


if __name__ == "__main__":
    unittest.main()
