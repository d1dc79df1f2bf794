# check: error isr-block|deadlock line=20 preemptions=0 interrupts=1
# options: --board rp2
# MicroPython's issue 11751, as far as Python goes: a thread on the other core and the handler of a pin take one lock.
# The handler waits, and the core that it has interrupted stands still.
import _thread
import machine

fifo_lock = _thread.allocate_lock()
words = 0


def core_one():
    global words
    with fifo_lock:
        words += 1


def from_pin(pin):
    global words
    with fifo_lock:
        words += 1


pin = machine.Pin(2, machine.Pin.IN, machine.Pin.PULL_UP)
pin.irq(from_pin, machine.Pin.IRQ_FALLING, hard=True)
_thread.start_new_thread(core_one, ())
