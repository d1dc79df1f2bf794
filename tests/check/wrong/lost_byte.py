# check: error lost-update line=9 preemptions=1 interrupts=0
# Setting bits of one byte of a bytearray. Fails when one is interrupted between the reading and the writing.
import _thread

flags = bytearray(1)


def raise_flag(bit):
    flags[0] |= 1 << bit


_thread.start_new_thread(raise_flag, (0,))
_thread.start_new_thread(raise_flag, (1,))
