# check: clean complete
# check: maybe data-race
# Whoever comes last decides, whatever was there: what is printed, checked or raised about it before decides nothing.
import _thread

mode = "off"


def known(name):
    if name not in ("off", "on", "auto"):
        raise ValueError(name)


def choose(name):
    global mode
    known(mode)
    assert mode
    print("was", mode)
    mode = name


_thread.start_new_thread(choose, ("on",))
_thread.start_new_thread(choose, ("auto",))
