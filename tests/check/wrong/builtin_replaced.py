# check: error exception line=12 preemptions=1 interrupts=0
# check: executions=2
# A built-in's name is given to something else while another thread uses it: fails when that comes first.
import _thread


def replace(names):
    names["len"] = abs


_thread.start_new_thread(replace, (globals(),))
assert len([1]) == 1
