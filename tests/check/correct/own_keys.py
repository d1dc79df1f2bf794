# check: clean complete executions=1
# Two threads, two keys of one dict, both there before: nothing is resized.
import _thread
import heddle

counts = {"red": 0, "blue": 0}


def work(key):
    counts[key] += 1


def check():
    assert counts["red"] == counts["blue"] == 1


heddle.at_end(check)
_thread.start_new_thread(work, ("red",))
_thread.start_new_thread(work, ("blue",))
