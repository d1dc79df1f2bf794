# check: error lost-update line=15 preemptions=1 interrupts=0
# check: error lock-misuse line=17 preemptions=1 interrupts=0
# A barrier whose count nothing protects. Fails when one is interrupted in the middle of its increment, or after it:
# both are then the last.
import _thread

N = 2
gate = _thread.allocate_lock()
gate.acquire()
arrived = 0


def work():
    global arrived
    arrived += 1
    if arrived == N:
        gate.release()
    gate.acquire()
    gate.release()


for _ in range(N):
    _thread.start_new_thread(work, ())
