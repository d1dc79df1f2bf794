# check: error lost-update line=24 preemptions=1 interrupts=0
# A machine of states goes from the one it is in to the next one, by a table. Fails when one is interrupted before it is
# there.
import _thread

NEXT = {"idle": "ready", "ready": "busy", "busy": "idle"}


class Machine:
    def __init__(self):
        self.state = "idle"


machine = Machine()


def lookup(name, table=NEXT):
    return table[name]


def work(steps):
    for _ in range(steps):
        now = machine.state
        machine.state = lookup(name=now)


_thread.start_new_thread(work, (1,))
_thread.start_new_thread(work, (1,))
