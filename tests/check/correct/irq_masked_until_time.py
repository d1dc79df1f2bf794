# check: clean complete
# Loops wait for the clock with interrupts disabled: time goes on.
import machine, time

done = 0


def tick(t):
    global done
    done = 1


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
state = machine.disable_irq()
start = time.ticks_us()
while time.ticks_diff(time.ticks_us(), start) < 50:
    pass


end = time.ticks_ms() + 5000
while time.ticks_diff(end, time.ticks_ms()) > 0:
    pass


machine.enable_irq(state)
