# check: clean complete
# check: maybe data-race
# options: --board esp32
# A soft handler comes at jumps and in waits only, and there is none between the reading and the writing of `v += 1`.
import machine

v = 0


def tick(timer):
    global v
    v += 1


def main():
    global v
    for _ in range(2):
        v += 1


timer = machine.Timer(0)
timer.init(period=1, callback=tick)
main()
