# check: clean complete
# A lock that main code takes twice, and a thread frees in between: at the end it is taken, which is no mistake.
import _thread

done = _thread.allocate_lock()
result = 0


def work():
    global result
    result = 42
    done.release()


done.acquire()
_thread.start_new_thread(work, ())
done.acquire()
assert result == 42
