# check: clean complete
# check: maybe data-race
# Handlers set bits, and main code takes all of them at once, masked.
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
    machine.enable_irq(state)
    return value


rx = machine.Timer(-1)
rx.init(mode=machine.Timer.ONE_SHOT, period=1, callback=on_rx, hard=True)
tx = machine.Timer(-1)
tx.init(mode=machine.Timer.ONE_SHOT, period=2, callback=on_tx, hard=True)
while seen != RX | TX:
    seen |= take()
