# Two threads take turns: each waits on a lock that the other one releases. One operation is there and back.
import _thread
import time

ROUNDS = 50_000

ping = _thread.allocate_lock()
pong = _thread.allocate_lock()


def answer():
    for _ in range(ROUNDS):
        ping.acquire()
        pong.release()


ping.acquire()
pong.acquire()
_thread.start_new_thread(answer, ())
start = time.ticks_us()
for _ in range(ROUNDS):
    ping.release()
    pong.acquire()
print("ping_pong", time.ticks_diff(time.ticks_us(), start) * 1000 / ROUNDS)
