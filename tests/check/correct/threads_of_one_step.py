# check: clean complete executions=1
# What is done in the step that creates two threads comes before all that they do.
import _thread
import machine

ready = False


def work():
    assert ready


state = machine.disable_irq()
ready = True
_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
machine.enable_irq(state)
