# check: error assertion line=29 preemptions=0 interrupts=0
# sampled: walk=3 urw=2.5 pct3=3 pos=3
# Deposit, withdrawal and a check that is wrong about their sum: fails when the check comes after both.
import _thread
import machine

lock = _thread.allocate_lock()
balance = 10
deposited = withdrawn = False


def deposit(lock):
    global balance, deposited
    with lock:
        balance += 4
        deposited = True


def withdraw(lock):
    global balance, withdrawn
    with lock:
        balance -= 2
        withdrawn = True


def look(lock):
    with lock:
        if deposited and withdrawn:
            assert balance == 10


state = machine.disable_irq()
for work in (look, deposit, withdraw):
    _thread.start_new_thread(work, (lock,))
machine.enable_irq(state)
