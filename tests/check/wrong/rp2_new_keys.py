# check: error data-race line=10,14 interrupts=0
# options: --board rp2
# A board without an interpreter lock: both cores put new keys into one dict, which grows.
import _thread

seen = {}


def core_one():
    seen["one"] = 1


_thread.start_new_thread(core_one, ())
seen["zero"] = 0
