# check: clean complete executions=6
# check: maybe data-race
# Only the handler writes; main code reads twice, and what it reads only grows.
import machine

ticks = 0


def tick(timer):
    global ticks
    ticks += 1


def main():
    before = ticks
    after = ticks
    assert before <= after


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
main()
