# check: error assertion line=17 preemptions=1 interrupts=0
# sampled: walk=26 urw=62 pct3=15 pos=15
# A driver that looks whether it is stopping, and then counts itself as working: fails when it is stopped in between.
import _thread
import machine

# For each that uses the driver: is it the last one?
users = [True]
stopping = finished = stopped = False


def work(users):
    global finished
    if stopping:
        return
    users.append(False)
    assert not stopped
    if users.pop():
        finished = True


def stop(users):
    global stopping, finished, stopped
    stopping = True
    if users.pop():
        finished = True
    if finished:
        stopped = True


state = machine.disable_irq()
_thread.start_new_thread(work, (users,))
_thread.start_new_thread(stop, (users,))
machine.enable_irq(state)
