# check: error assertion line=16 preemptions=0 interrupts=1
# Main code copies a record of three fields that a handler writes as a whole. Fails when the handler comes between.
import pyb

record = [0, 0, 0]


def tick(timer):
    for i in range(3):
        record[i] += 1


def main():
    first = record[0]
    last = record[2]
    assert first == last


pyb.Timer(4, freq=1000, callback=tick)
main()
