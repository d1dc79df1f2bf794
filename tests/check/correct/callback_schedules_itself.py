# check: clean complete
# check: --timing any: clean complete
# check: maybe data-race
# A callback that sleeps and schedules itself again, beside a thread that polls what it counts.
import _thread
import micropython
import time

done = 0


def note(times):
    global done
    time.sleep_ms(1)
    done += 1
    if times:
        micropython.schedule(note, times - 1)


def work():
    while done < 3:
        pass


_thread.start_new_thread(work, ())
micropython.schedule(note, 2)
while done < 3:
    time.sleep_ms(1)
