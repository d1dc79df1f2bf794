# check: clean complete
# MicroPython's issue 6691, cured: publishing holds a mutex, and the timer's callback tries it and leaves a note.
import machine
import mutex

m = mutex.Mutex()
sent = asked = 0


def publish():
    global sent
    sent += 1


def tick(timer):
    global asked
    if m.test():
        publish()
        m.release()
    else:
        asked += 1


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
with m:
    publish()
timer.deinit()
with m:
    if asked:
        publish()
assert sent in (1, 2)
