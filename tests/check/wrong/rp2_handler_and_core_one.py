# check: error lost-update line=12,17 preemptions=0 interrupts=1
# options: --board rp2
# A handler on one core, a thread on the other. Fails when the handler runs between the thread's reading and writing.
import _thread
import machine

v = 0


def core_one():
    global v
    v += 1


def tick(timer):
    global v
    v += 1


timer = machine.Timer(-1)
timer.init(period=1, callback=tick, hard=True)
_thread.start_new_thread(core_one, ())
