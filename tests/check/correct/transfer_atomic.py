# check: clean complete executions=6
# Money moves between two accounts under one lock, which the auditor holds too: it never sees money on its way.
import _thread

lock = _thread.allocate_lock()
accounts = [50, 50]


def transfer(source, target):
    with lock:
        accounts[source] -= 10
        accounts[target] += 10


def audit():
    with lock:
        assert accounts[0] + accounts[1] == 100


_thread.start_new_thread(transfer, (0, 1))
_thread.start_new_thread(transfer, (1, 0))
_thread.start_new_thread(audit, ())
