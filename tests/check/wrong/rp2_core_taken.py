# check: error exception line=13
# check: executions=2
# options: --board rp2
# There is one core for threads. Fails when the first one still runs on it.
import _thread


def work():
    pass


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
