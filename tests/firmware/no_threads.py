# What the conformance scripts import and a port without threads lacks: a thread runs when it is started.
import sys


class Module:
    pass


class Lock:
    taken = False

    def acquire(self, waitflag=1, timeout=-1):
        was_free = not self.taken
        self.taken = True
        return was_free

    def release(self):
        self.taken = False


def start_new_thread(function, args):
    function(*args)
    return 1


def sleep_ms(milliseconds):
    time.now += milliseconds * 1000


def ticks_us():
    time.now += 1
    return time.now


time = Module()
time.now = 0
time.sleep_ms = sleep_ms
time.sleep = lambda seconds: sleep_ms(seconds * 1000)
time.ticks_us = ticks_us
time.ticks_ms = lambda: ticks_us() // 1000
time.ticks_diff = lambda a, b: a - b

_thread = Module()
_thread.allocate_lock = Lock
_thread.start_new_thread = start_new_thread
_thread.get_ident = lambda: 1

sys.modules["time"] = time
sys.modules["_thread"] = _thread
