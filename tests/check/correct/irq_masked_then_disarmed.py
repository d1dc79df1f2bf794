# check: clean complete executions=9
# check: --irqs 1: executions=6
# check: maybe data-race
# Interrupts stay disabled, and the timer is disarmed: its handler runs before both, 0 to m times. The other thread's two
# steps are one from where interrupts are disabled, which is before, between or after them: 3 (m + 1) executions.
import _thread
import machine

ticks = 0


def tick(timer):
    global ticks
    ticks += 1


def stop():
    timer.deinit()


timer = machine.Timer(-1)
timer.init(period=2, callback=tick, hard=True)
_thread.start_new_thread(stop, ())
machine.disable_irq()
