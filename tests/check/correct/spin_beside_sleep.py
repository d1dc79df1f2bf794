# check: clean complete
# check: maybe data-race
# A loop without a sleep waits for what a thread does after its sleep: the clock moves on meanwhile.
import _thread
import time

done = 0
seen = []


def work():
    while done < 3:
        pass
    seen.append(done)


_thread.start_new_thread(work, ())
time.sleep_ms(1)
done = 3
