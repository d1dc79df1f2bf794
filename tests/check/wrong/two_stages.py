# check: error assertion line=23 preemptions=1 interrupts=0
# Two stages, each under its lock. Fails when somebody looks at both between them.
import _thread

first_lock = _thread.allocate_lock()
second_lock = _thread.allocate_lock()
first = second = 0


def update():
    global first, second
    with first_lock:
        first = 1
    with second_lock:
        second = first + 1


def look():
    with first_lock:
        seen = first
    if seen != 0:
        with second_lock:
            assert second == seen + 1


_thread.start_new_thread(update, ())
_thread.start_new_thread(look, ())
