# check: clean complete
# check: maybe data-race
# Whoever is told to stop tells everybody, who may have been told already.
import _thread
import heddle

stop = False
stopped = [False, False]


def work(me):
    global stop
    while not stop:
        pass
    stopped[me] = True
    stop = True


def check():
    assert stopped == [True, True]


heddle.at_end(check)
_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
stop = True
