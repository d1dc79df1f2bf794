# check: error assertion line=13 preemptions=1 interrupts=0
# The main thread waits for a lock, or has ended, and runs the scheduled callback meanwhile, in the middle of the section
# that the lock guards: no jump of the program is there.
import _thread
import micropython

lock = _thread.allocate_lock()
x = 0
y = 0


def callback(_):
    assert x == y


def work():
    global x, y
    lock.acquire()
    micropython.schedule(callback, None)
    x = 1
    y = 1
    lock.release()


_thread.start_new_thread(work, ())
lock.acquire()
lock.release()
