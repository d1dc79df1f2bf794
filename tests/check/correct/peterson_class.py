# check: clean complete
# check: maybe data-race
# Peterson's mutual exclusion as a class for `with`, whose wait is left by `return` and by `break`.
import _thread
import heddle

ROUNDS = 2
v = 0


class Peterson:
    def __init__(self):
        self.wants = [False, False]
        self.turn = 0

    def enter(self, me):
        self.wants[me] = True
        self.turn = 1 - me
        while True:
            if not self.wants[1 - me]:
                return True
            if self.turn == me:
                break
        return False

    def leave(self, me):
        self.wants[me] = False


class Side:
    def __init__(self, lock, me):
        self.lock = lock
        self.me = me

    def __enter__(self):
        self.lock.enter(self.me)

    def __exit__(self, *error):
        self.lock.leave(self.me)


def work(side):
    global v
    for _ in range(ROUNDS):
        with side:
            v += 1


def check():
    assert v == 2 * ROUNDS


heddle.at_end(check)
lock = Peterson()
_thread.start_new_thread(work, (Side(lock, 0),))
_thread.start_new_thread(work, (Side(lock, 1),))
