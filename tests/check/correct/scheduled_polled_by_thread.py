# check: clean complete
# check: maybe data-race
# A hard handler schedules what a thread waits for in a loop, after the main thread's end.
import _thread
import machine
import micropython

ready = False


def arrive(_):
    global ready
    ready = True


def ring(timer):
    micropython.schedule(arrive, 0)


def work():
    while not ready:
        pass


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=5, callback=ring, hard=True)
_thread.start_new_thread(work, ())
