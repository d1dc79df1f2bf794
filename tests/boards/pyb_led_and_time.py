# board: pyboard
# pyb.LED, and the functions of pyb that are about time.

import time

import pyb


def test_leds():
    leds = [pyb.LED(number) for number in range(1, 5)]
    assert [str(led) for led in leds] == ["LED(1)", "LED(2)", "LED(3)", "LED(4)"]
    for led in leds:
        assert led.intensity() == 0
        led.on()
        assert led.intensity() == 255
        led.off()
        assert led.intensity() == 0
        led.toggle()
        assert led.intensity() == 255
        led.toggle()
        assert led.intensity() == 0
    for led in leds[:2]:
        led.intensity(100)
        assert led.intensity() == 255
        led.intensity(0)
        assert led.intensity() == 0
    for led in leds[2:]:
        for intensity in range(256):
            led.intensity(intensity)
            assert led.intensity() == intensity
        led.intensity(7)
        led.toggle()
        assert led.intensity() == 0
    for number in (0, 5):
        try:
            pyb.LED(number)
            assert False
        except ValueError as e:
            assert str(e) == "LED(%d) doesn't exist" % number


def test_waits():
    millis = pyb.millis()
    micros = pyb.micros()
    pyb.delay(20)
    assert pyb.elapsed_millis(millis) >= 20
    assert 20000 <= pyb.elapsed_micros(micros) < 2000000
    micros = pyb.micros()
    pyb.udelay(1500)
    assert pyb.elapsed_micros(micros) >= 1500
    assert pyb.elapsed_millis(pyb.millis() + 1) == 0x3FFFFFFF
    assert time.ticks_diff(pyb.millis(), time.ticks_ms()) <= 0


waited_us = 0


def wait(timer):
    global waited_us
    timer.callback(None)
    start = time.ticks_us()
    pyb.delay(5)
    pyb.udelay(500)
    waited_us = time.ticks_diff(time.ticks_us(), start)


def test_wait_in_hard_handler():
    timer = pyb.Timer(4, freq=1000, callback=wait)
    pyb.delay(3)
    start = time.ticks_ms()
    while waited_us == 0 and time.ticks_diff(time.ticks_ms(), start) < 2000:
        pyb.wfi()
    assert waited_us >= 5500, waited_us
    timer.deinit()


test_leds()
test_waits()
test_wait_in_hard_handler()
print("ok")
