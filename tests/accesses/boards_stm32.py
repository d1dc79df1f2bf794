# board: pyboard
import pyb


def faces():
    led.on()  #: write the board
    switch()  #: read the board
    switch.value()  #: read the board
    switch.callback(None)  #: write the board
    timer.counter()  #: read the board
    timer.counter(1)  #: write the board
    timer.callback(None)  #: write the board
    pyb.millis()  #: read the clock
    pyb.elapsed_millis(0)  #: read the clock
    pyb.delay(0)  #: look the clock
    pin.value()  #: read the pin pin
    pin.high()  #: write the pin pin
    enabled = pyb.disable_irq()  #: write the interrupt mask
    pyb.enable_irq(enabled)  #: write the interrupt mask


led = pyb.LED(1)
switch = pyb.Switch()
timer = pyb.Timer(4, freq=10)
pin = pyb.Pin("X1", pyb.Pin.OUT)
faces()
