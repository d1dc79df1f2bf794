# check: clean complete
# check: maybe data-race
# Readers share the room, and go through a turnstile that a writer keeps shut while it waits.
import _thread

turnstile = _thread.allocate_lock()
mutex = _thread.allocate_lock()
room = _thread.allocate_lock()
readers = 0
a = b = 0


def read():
    global readers
    turnstile.acquire()
    turnstile.release()
    with mutex:
        readers += 1
        if readers == 1:
            room.acquire()
    assert a == b
    with mutex:
        readers -= 1
        if readers == 0:
            room.release()


def write():
    global a, b
    with turnstile:
        with room:
            a += 1
            b += 1


_thread.start_new_thread(read, ())
_thread.start_new_thread(write, ())
