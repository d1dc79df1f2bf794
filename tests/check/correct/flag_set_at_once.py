# check: clean complete
# check: maybe data-race
# Two ask for the same, and who has waited for that says at once that it is done: none of them is lost.
import _thread

IDLE, ASKED, DONE = 0, 1, 2
state = IDLE


def ask():
    global state
    state = ASKED


def answer():
    global state
    while state != ASKED:
        pass
    state = DONE


_thread.start_new_thread(answer, ())
_thread.start_new_thread(ask, ())
_thread.start_new_thread(ask, ())
