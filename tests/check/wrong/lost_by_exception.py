# check: error lost-update line=12 preemptions=1 interrupts=0
# A key that is missing gets its first value. Fails when one is interrupted in the handler of the exception.
import _thread

counts = {"seen": 0}


def work():
    try:
        counts["key"] += 1
    except KeyError:
        counts["key"] = 1


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
