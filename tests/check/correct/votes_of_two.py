# check: clean complete
# check: maybe data-race
# A loop waits for either of two; what it has found keeps it from looking at the other.
import _thread

votes = [None, None]
decision = None
acks = []


def coordinate():
    global decision
    while votes[0] is None or votes[1] is None:
        pass
    decision = votes[0] and votes[1]


def vote(me, value):
    votes[me] = value
    while decision is None:
        pass
    assert decision == False


_thread.start_new_thread(coordinate, ())
_thread.start_new_thread(vote, (0, True))
_thread.start_new_thread(vote, (1, False))
