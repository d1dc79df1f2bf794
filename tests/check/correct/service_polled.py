# check: clean complete
# check: maybe data-race
# A thread that sleeps in a loop until it is told to end is no service: the end waits for it.
import _thread
import heddle
import time

stop = ended = False


def serve():
    global ended
    while True:
        time.sleep_ms(10)
        if stop:
            break
    ended = True


def check():
    assert ended


heddle.at_end(check)
_thread.start_new_thread(serve, ())
time.sleep(1)
stop = True
