# check: error deadlock line=13 preemptions=0 interrupts=0
# A scheduled callback waits for the mutex of the code in whose middle it comes.
import micropython
import mutex
import time

m = mutex.Mutex()
v = 0


def callback(_):
    global v
    with m:
        v += 1


def main():
    with m:
        micropython.schedule(callback, None)
        time.sleep_ms(1)


main()
