# check: clean complete
# The release of an unlocked lock is caught, as a program may.
import _thread

lock = _thread.allocate_lock()


def open_gate():
    try:
        lock.release()
    except RuntimeError:
        pass


def main():
    lock.acquire()
    _thread.start_new_thread(open_gate, ())
    _thread.start_new_thread(open_gate, ())
    lock.acquire()


main()
