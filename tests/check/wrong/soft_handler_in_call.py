# check: error lost-update line=24 preemptions=0 interrupts=1
# options: --board esp32
# A soft handler comes at jumps, and the function that is called between the reading and the writing has some. Fails
# when it comes there.
import machine

v = 0


def tick(timer):
    global v
    v += 1


def weight():
    n = 0
    for i in range(2):
        n += i
    return n


def main():
    global v
    v = v + weight()


timer = machine.Timer(0)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick)
main()
