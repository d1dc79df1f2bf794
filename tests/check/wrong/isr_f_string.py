# check: error isr-alloc line=11 preemptions=0 interrupts=1
# A hard handler formats a text.
import pyb

ticks = 0
text = ""


def tick(timer):
    global text
    text = f"tick {ticks}"


pyb.Timer(4, freq=1000, callback=tick)
