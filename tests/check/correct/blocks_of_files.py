# check: clean complete executions=2
# As file systems do: a file's lock, then, while it has no block, the locks of the blocks one by one.
import _thread
import heddle

FILES = BLOCKS = 2
file_locks = [_thread.allocate_lock() for _ in range(FILES)]
block_locks = [_thread.allocate_lock() for _ in range(BLOCKS)]
block_of = [-1] * FILES
busy = [False] * BLOCKS


def give_block(file):
    with file_locks[file]:
        if block_of[file] < 0:
            for block in range(BLOCKS):
                with block_locks[block]:
                    if not busy[block]:
                        busy[block] = True
                        block_of[file] = block
                        break


def check():
    assert sorted(block_of) == [0, 1]


heddle.at_end(check)
for file in (0, 1):
    _thread.start_new_thread(give_block, (file,))
