# check: error assertion line=21 preemptions=1 interrupts=0
# Looking at the balance and taking money are each locked, but not together. Fails when the first thread is interrupted
# between the two, and the second takes all.
import _thread
import heddle

lock = _thread.allocate_lock()
balance = 100


def withdraw(amount):
    global balance
    with lock:
        enough = balance >= amount
    if enough:
        with lock:
            balance -= amount


def check():
    assert balance >= 0


heddle.at_end(check)
_thread.start_new_thread(withdraw, (80,))
_thread.start_new_thread(withdraw, (60,))
