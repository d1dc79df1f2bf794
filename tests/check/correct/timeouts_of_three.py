# check: clean complete executions=6
# check: --timing any: clean complete executions=21
# Three threads take one lock, each with a limit of time. By default none gives up, as the holder can always go on: 3!
# orders. With any timing each either takes the lock or gives up in the section of one who has it; k who take it, in
# order, leave k sections to each of the 3 - k others: 6 + 6 * 2 + 3 executions.
import _thread

lock = _thread.allocate_lock()


def work():
    if lock.acquire(1, 0.5):
        lock.release()


for _ in range(3):
    _thread.start_new_thread(work, ())
