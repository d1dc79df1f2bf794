# check: clean complete executions=1
# A scheduled callback comes in the middle of main code's section, and only tries the mutex.
import micropython
import mutex
import time

m = mutex.Mutex()
done = put_off = 0


def callback(_):
    global done, put_off
    if m.test():
        done += 1
        m.release()
    else:
        put_off += 1


def main():
    with m:
        micropython.schedule(callback, None)
        time.sleep_ms(1)
    time.sleep_ms(1)


main()
assert done + put_off == 1
