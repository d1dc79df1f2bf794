# options: --board rp2
# check: error exception line=18
# check: executions=2
# The thread has done its work, but need not have ended: core 1 may still be taken when the next one is to start.
import _thread

done = False


def work():
    global done
    done = True


_thread.start_new_thread(work, ())
while not done:
    pass
_thread.start_new_thread(work, ())
