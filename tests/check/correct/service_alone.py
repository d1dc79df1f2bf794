# check: clean complete executions=1
# Nobody is there but the main thread, which blinks for ever.
import time
import machine

lamp = machine.Pin("X2", machine.Pin.OUT)
turns = 0
while True:
    turns += 1
    lamp.value(turns & 1)
    time.sleep_ms(500)
