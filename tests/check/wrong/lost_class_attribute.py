# check: error lost-update line=11 preemptions=1 interrupts=0
# `n += 1` of a class's attribute. Fails when one is interrupted between the reading and the writing.
import _thread


class Session:
    opened = 0


def open_session():
    Session.opened += 1


_thread.start_new_thread(open_session, ())
_thread.start_new_thread(open_session, ())
