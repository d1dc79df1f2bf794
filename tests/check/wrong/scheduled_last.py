# check: error exception line=8
# check: executions=1
# Nothing comes after the call is scheduled: it runs where the main script ends.
import micropython


def call(_):
    raise ValueError


micropython.schedule(call, None)
