# check: error exception line=11 preemptions=1 interrupts=0
# A length that is read first, and items read by it. Fails when the list is emptied between.
import _thread

text = ["a", "b"]


def copy_last():
    n = len(text)
    if n:
        return text[n - 1]


def empty():
    text.clear()


_thread.start_new_thread(copy_last, ())
_thread.start_new_thread(empty, ())
