# A mutex shared by a main loop and a callback. The callback must not wait: it updates the record only if the main
# loop is not in the middle of it, and otherwise notes that the update is put off. Here it is called in two ways,
# from a second thread and by micropython.schedule.

import _thread
import micropython
import mutex
import time

# So few that heddle check tries every order of them in seconds.
CALLS = 4

m = mutex.Mutex()

# Each field is the same number, unless the record is torn.
record = [0, 0, 0]
updates = 0

# Counted for each way by itself: nothing protects these from the other one.
deferred = {"thread": 0, "schedule": 0}


def callback(way):
    global updates
    if m.test():
        for i in range(3):
            record[i] += 1
        updates += 1
        m.release()
    else:
        deferred[way] += 1


def call_from_thread(done):
    for _ in range(CALLS):
        callback("thread")
        time.sleep_ms(1)
    done.release()


done = _thread.allocate_lock()
done.acquire()
_thread.start_new_thread(call_from_thread, (done,))

torn = 0
for i in range(CALLS):
    with m:
        first = record[0]
        if i % 2 == 0:
            micropython.schedule(callback, "schedule")
        # Callbacks that come now find the mutex taken.
        time.sleep_ms(1)
        if record != [first, first, first]:
            torn += 1
    if i % 2 == 1:
        micropython.schedule(callback, "schedule")
    # And now they find it free.
    time.sleep_ms(2)
done.acquire()

total = deferred["thread"] + deferred["schedule"]
print("%d calls: %d updates, %d deferred, %d torn" % (2 * CALLS, updates, total, torn))
