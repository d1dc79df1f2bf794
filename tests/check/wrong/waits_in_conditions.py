# check: error livelock line=17 preemptions=0 interrupts=0
# A condition in two lines, at the end of a loop within another one: the wait has the line of its `while`.
import _thread

ready = [False, True]


def is_ready(number):
    return ready[number]


def work():
    for number in range(2):
        done = 0
        while done < 1:
            done += 1
            while (
                not ready[0]
                and ready[1]
            ):
                number += 0
                pass
            done += 1


_thread.start_new_thread(work, ())
