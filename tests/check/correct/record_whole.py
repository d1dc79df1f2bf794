# check: clean complete executions=6
# A record of two fields, written and read as a whole under a mutex.
import _thread
import mutex

m = mutex.Mutex()
record = {"low": 0, "high": 0}


def write():
    with m:
        record["low"] += 1
        record["high"] += 1


def read():
    with m:
        assert record["low"] == record["high"]


_thread.start_new_thread(write, ())
_thread.start_new_thread(write, ())
_thread.start_new_thread(read, ())
