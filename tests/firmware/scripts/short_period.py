# Timers whose periods are shorter than their handlers: the program goes on between any two of these, and deadlines that
# pass meanwhile are one interrupt.
import time
from heddle import board
from machine import Timer

TURNS = 200
PERIOD_US = 1

turns = 0
turn = -1  # at which the last handler came
at_turn = 0  # how many have come at it
most_at_turn = 0
calls = 0


def slow(_):
    global turn, at_turn, most_at_turn
    if turn != turns:
        turn = turns
        at_turn = 0
    at_turn += 1
    if at_turn > most_at_turn and 0 < turns < TURNS:  # while the timers begin and end, a turn is longer
        most_at_turn = at_turn
    for _ in range(30):
        pass


def scheduled(_):
    global calls
    calls += 1


# No name becomes global while handlers run: they might find none of them at that moment.
def run(count, callback, hard):
    """Returns how many interrupts there were, with the deadlines that were merged into them, and for how long."""
    global turns, most_at_turn
    before = board.statistics()
    timers = [Timer(-1) for _ in range(count)]
    turns = most_at_turn = 0
    start = time.ticks_us()
    for timer in timers:
        timer.init(tick_hz=1000000, period=PERIOD_US, callback=callback, hard=hard)
    while turns < TURNS:
        turns += 1
    for timer in timers:
        timer.deinit()
    taken = time.ticks_diff(time.ticks_us(), start)
    after = board.statistics()
    return after.fired - before.fired, after.dropped - before.dropped, taken


for count in (1, 4):
    fired, dropped, taken = run(count, slow, True)
    # A turn is some bytecodes, each of which all timers' handlers may come before.
    assert 0 < most_at_turn <= 2 * count, (count, most_at_turn)
    assert fired > TURNS / 10, (count, fired)
    # Each deadline was met, or merged with a later one.
    assert 0.9 * taken * count < (fired + dropped) * PERIOD_US <= taken * count, (count, fired, dropped, taken)
    print(count, most_at_turn, fired, dropped, taken)

# Scheduled callbacks leave the program its turns too.
run(1, scheduled, False)
assert calls > 0
print("ok")
