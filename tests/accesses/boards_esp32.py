# board: esp32
import machine
import time
from machine import Pin, Timer, disable_irq, enable_irq


def pins():
    led.value()  #: read the pin led
    led.value(1)  #: write the pin led
    led()  #: read the pin led
    led(0)  #: write the pin led
    led.on()  #: write the pin led
    led.irq(None)  #: write the pin led, write the board
    led.irq  #: nothing
    timer.value()  #: read the board
    machine.idle()  #: look the clock
    time.sleep_us(1)  #: look the clock
    machine.mem32  #: nothing
    machine.time_pulse_us(led, 1, 1)  #: read the clock, read the pin led
    timer.deinit()  #: write the board
    state = disable_irq()  #: write the interrupt mask
    enable_irq(state)  #: write the interrupt mask


led = Pin(2, Pin.OUT)
timer = Timer(0)
pins()
