# check: error assertion line=20
# Which items come into a set is known only once a generator has given them. Fails when the other thread looks after it.
import _thread

done = set()


def fill():
    done.update(number for number in (1, 2))


def look():
    global seen
    seen = 2 in done


seen = False
_thread.start_new_thread(fill, ())
look()
assert not seen
