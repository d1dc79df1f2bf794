# check: clean complete
# The same with an external line: what the handler could not do, main code makes up for.
import mutex
import pyb

m = mutex.Mutex()
fired = counted = put_off = 0


def edge(line):
    global fired, counted, put_off
    fired += 1
    if m.test():
        counted += 1
        m.release()
    else:
        put_off += 1


def main():
    line = pyb.ExtInt("X5", pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, edge)
    with m:
        assert counted >= 0
    line.disable()
    assert counted + put_off == fired


main()
