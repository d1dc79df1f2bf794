# check: error deadlock line=29 preemptions=0
# check: executions=0 blocked=1
# check: --irqs 1: executions=0 blocked=1
# Main takes its own lock twice. A service and a timer go on for ever, and neither would ever free it.
import _thread
import machine
import time

lock = _thread.allocate_lock()
written = 0
ticks = 0


def serve():
    global written
    while True:
        time.sleep_ms(20)
        written = 4


def tick(timer):
    global ticks
    ticks += 1


machine.Timer(-1).init(period=15, callback=tick, hard=True)
_thread.start_new_thread(serve, ())
lock.acquire()
lock.acquire()
