# check: error livelock line=15 preemptions=0 interrupts=0
# A loop waits with interrupts disabled for another thread, which cannot run either.
import machine, _thread

ready = False


def work():
    global ready
    ready = True


_thread.start_new_thread(work, ())
state = machine.disable_irq()
while not ready:
    pass


machine.enable_irq(state)
