# check: clean complete
# check: maybe data-race
# A service that does some work after each sleep, and a main thread that only sleeps: neither holds up the end.
import _thread
import time

turns = 0


def serve():
    global turns
    while True:
        time.sleep(1)
        turns += 1


_thread.start_new_thread(serve, ())
while True:
    time.sleep_ms(500)
