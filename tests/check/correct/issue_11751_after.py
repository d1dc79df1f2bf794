# check: clean complete
# options: --board rp2 --irqs 1
# MicroPython's issue 11751, cured: a thread on the other core and hard handlers meet at a mutex that no handler waits
# for.
import _thread
import machine
import mutex

m = mutex.Mutex()
words = dropped = 0


def core_one():
    global words
    with m:
        words += 1


def from_pin(pin):
    global words, dropped
    if m.test():
        words += 1
        m.release()
    else:
        dropped += 1


pin = machine.Pin(2, machine.Pin.IN, machine.Pin.PULL_UP)
pin.irq(from_pin, machine.Pin.IRQ_FALLING, hard=True)
_thread.start_new_thread(core_one, ())
with m:
    words += 1
