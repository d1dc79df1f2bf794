# check: error livelock line=21 preemptions=1 interrupts=0
# check: error lost-update line=20 preemptions=1 interrupts=0
# check: maybe data-race
# Who is last lets the others go on before it has set the count anew: it replaces what one of them has counted meanwhile.
import _thread

N = 2
lock = _thread.allocate_lock()
left = N
sense = False


def wait(mine):
    global left, sense
    with lock:
        left -= 1
        is_last = left == 0
    if is_last:
        sense = mine
        left = N
    while sense != mine:
        pass


def work():
    mine = False
    for _ in range(2):
        mine = not mine
        wait(mine)


_thread.start_new_thread(work, ())
_thread.start_new_thread(work, ())
