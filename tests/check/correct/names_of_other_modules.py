# check: clean complete executions=4
# check: maybe data-race
# Each function means the names of its own module, whoever has run before it: two orders of writes of the one n, and
# two of the other.
import _thread

module = {}
code = """
def set_to(value):
    global n
    n = value
"""
exec(compile(code, "names_of_other_modules.py", "exec"), module)


def set_to(value):
    global n
    n = value


_thread.start_new_thread(module["set_to"], (1,))
_thread.start_new_thread(module["set_to"], (2,))
_thread.start_new_thread(set_to, (3,))
n = 4
