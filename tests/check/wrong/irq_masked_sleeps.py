# check: error livelock line=16,17 preemptions=0 interrupts=0
# A loop sleeps with interrupts disabled until a handler has run, which cannot.
import machine, time

done = 0


def tick(t):
    global done
    done = 1


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
state = machine.disable_irq()
while not done:
    time.sleep_ms(1)


machine.enable_irq(state)
