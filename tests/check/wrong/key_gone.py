# check: error exception line=10 preemptions=1 interrupts=0
# A key that is looked for and then deleted. Fails when another thread deletes it between the two.
import _thread

sessions = {"a": 1}


def close(name):
    if name in sessions:
        sessions.pop(name)


_thread.start_new_thread(close, ("a",))
_thread.start_new_thread(close, ("a",))
