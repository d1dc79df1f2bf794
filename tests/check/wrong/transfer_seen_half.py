# check: error assertion line=18 preemptions=1 interrupts=0
# Both halves of a transfer hold the lock, but let it go between. Fails when the auditor comes there.
import _thread

lock = _thread.allocate_lock()
accounts = [50, 50]


def transfer():
    with lock:
        accounts[0] -= 10
    with lock:
        accounts[1] += 10


def audit():
    with lock:
        assert accounts[0] + accounts[1] == 100


_thread.start_new_thread(transfer, ())
_thread.start_new_thread(audit, ())
