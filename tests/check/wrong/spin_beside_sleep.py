# check: error assertion line=17 preemptions=0 interrupts=0
# The fault stands behind a loop that waits for what a thread does after its sleep.
# check: maybe data-race
import _thread
import time

done = 0
value = 0


def work():
    while done < 3:
        pass
    # Nothing here runs before the sleep is over.
    global value
    value += 1
    assert value == 2


_thread.start_new_thread(work, ())
time.sleep_ms(1)
done = 3
