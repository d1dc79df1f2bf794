# check: clean complete executions=6
# An account whose every movement holds the lock from the reading to the writing.
import _thread
import heddle

lock = _thread.allocate_lock()
balance = 100


def move(amount):
    global balance
    with lock:
        before = balance
        balance = before + amount


def check():
    assert balance == 90


heddle.at_end(check)
for amount in (10, 20, -40):
    _thread.start_new_thread(move, (amount,))
