# check: clean complete executions=1
# The condition of a comprehension jumps back like that of a loop that waits.
import _thread

items = [3, 1, 2]
least = 0


def work():
    assert {item for item in items if item > least} == {1, 2, 3}
    assert [item for item in items if item > least] == [3, 1, 2]


_thread.start_new_thread(work, ())
work()
