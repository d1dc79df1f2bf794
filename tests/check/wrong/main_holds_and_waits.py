# check: error deadlock line=11,19 preemptions=0 interrupts=0
# The main thread waits for a thread's end, and holds what that thread needs.
import _thread

lock = _thread.allocate_lock()
done = _thread.allocate_lock()
done.acquire()


def work():
    with lock:
        pass
    done.release()


def main():
    with lock:
        _thread.start_new_thread(work, ())
        done.acquire()


main()
