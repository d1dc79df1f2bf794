# check: error assertion line=22 preemptions=0 interrupts=1
# The callback tells that a value is there before it has put it. Fails when the loop goes on in between: the callback
# sleeps there.
import time
import _thread
import machine

ready = False
value = None


def arrive(timer):
    global ready, value
    ready = True
    time.sleep_ms(1)
    value = 7


def work():
    while not ready:
        pass
    assert value == 7


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=5, callback=arrive)
_thread.start_new_thread(work, ())
