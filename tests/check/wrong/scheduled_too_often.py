# check: error exception line=16 preemptions=0 interrupts=1
# A hard handler schedules more than the board's queue holds.
import machine
import micropython

done = 0


def note(_):
    global done
    done += 1


def tick(timer):
    for _ in range(9):
        micropython.schedule(note, 0)


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
