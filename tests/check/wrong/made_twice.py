# check: error lost-update line=11 preemptions=1 interrupts=0
# Lazy initialisation without a lock. Fails when one has found nothing and is interrupted before it has made it.
import _thread

instance = None


def get():
    global instance
    if instance is None:
        instance = object()
    return instance


_thread.start_new_thread(get, ())
_thread.start_new_thread(get, ())
