# check: error assertion line=18 preemptions=1 interrupts=0
# The flag first, the data after it. Fails when the sender is interrupted between the two.
import _thread

ready = False
data = 0


def send():
    global data, ready
    ready = True
    data = 42


def receive():
    while not ready:
        pass
    assert data == 42


_thread.start_new_thread(send, ())
_thread.start_new_thread(receive, ())
