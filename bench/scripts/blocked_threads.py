# Many live threads, all blocked on one lock: time until all are, and resident memory, each.
import _thread
import time

THREADS = 10_000

gate = _thread.allocate_lock()
count_lock = _thread.allocate_lock()
all_blocked = _thread.allocate_lock()
all_through = _thread.allocate_lock()
arrived = 0
passed = 0
expected = THREADS


def wait_at_gate():
    global arrived, passed
    with count_lock:
        arrived += 1
        if arrived == expected:
            all_blocked.release()
    with gate:
        passed += 1
        if passed == expected:
            all_through.release()


def resident_bytes():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024


def start_threads():
    for started in range(THREADS):
        try:
            _thread.start_new_thread(wait_at_gate, ())
        except (OSError, MemoryError, RuntimeError):
            return started
    return THREADS


for lock in (gate, all_blocked, all_through):
    lock.acquire()
resident_before = resident_bytes()
start = time.ticks_us()
started = start_threads()
if started < THREADS:
    with count_lock:
        expected = started
        if arrived == expected:
            all_blocked.release()
all_blocked.acquire()
elapsed = time.ticks_diff(time.ticks_us(), start)
resident = resident_bytes() - resident_before
print("blocked_threads", started)
print("blocked_thread", elapsed * 1000 / started)
print("blocked_thread_bytes", resident / started)
gate.release()
all_through.acquire()
