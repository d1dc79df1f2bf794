# check: error livelock line=33 preemptions=0 interrupts=0
# Interrupts are never enabled again: the loop writes what was there before, for ever.
import _thread
import machine

RX, TX = 1, 2
flags = 0
seen = 0


def on_rx(timer):
    global flags
    flags |= RX


def on_tx(timer):
    global flags
    flags |= TX


def take():
    global flags
    state = machine.disable_irq()
    value = flags
    flags = 0
    return value


rx = machine.Timer(-1)
rx.init(mode=machine.Timer.ONE_SHOT, period=1, callback=on_rx, hard=True)
tx = machine.Timer(-1)
tx.init(mode=machine.Timer.ONE_SHOT, period=2, callback=on_tx, hard=True)
while seen != RX | TX:
    seen |= take()
