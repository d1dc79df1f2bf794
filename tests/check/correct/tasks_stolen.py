# check: clean complete
# check: maybe data-race
# Who has no tasks left takes the other's, under that one's lock.
import _thread

lock = [_thread.allocate_lock(), _thread.allocate_lock()]
tasks = [[1, 2], []]
done = []


def take(queue):
    with lock[queue]:
        return tasks[queue].pop() if tasks[queue] else None


def work(me):
    while True:
        task = take(me)
        if task is None:
            task = take(1 - me)
        if task is None:
            break
        done.append(task)


_thread.start_new_thread(work, (0,))
_thread.start_new_thread(work, (1,))
import heddle


@heddle.at_end
def end():
    assert sorted(done) == [1, 2]
