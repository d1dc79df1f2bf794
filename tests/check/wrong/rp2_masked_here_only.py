# check: error lost-update line=12,18 preemptions=1 interrupts=0
# options: --board rp2
# disable_irq() stops this core's interrupts, not the other core. Fails when the other one writes in between.
import _thread
import machine

v = 0


def core_one():
    global v
    v += 1


def main():
    global v
    state = machine.disable_irq()
    v += 1
    machine.enable_irq(state)


_thread.start_new_thread(core_one, ())
main()
