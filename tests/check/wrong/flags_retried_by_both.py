# check: error assertion line=16 preemptions=2 interrupts=0
# Each finds the other's flag once: the turns of both, which leave nothing behind, are made for real.
import _thread

wants = [False, False]
failed = [False, False]


def work(me):
    other = 1 - me
    while True:
        wants[me] = True
        if not wants[other]:
            break
        failed[me] = True
        assert not failed[other]
        wants[me] = False
    wants[me] = False


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
