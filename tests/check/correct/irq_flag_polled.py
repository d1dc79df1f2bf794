# check: clean complete executions=1
# check: maybe data-race
# Main code waits in a loop for a flag that the handler sets.
import machine

seen = False
value = 0


def tick(timer):
    global value, seen
    value = 7
    seen = True


timer = machine.Timer(-1)
timer.init(mode=machine.Timer.ONE_SHOT, period=1, callback=tick, hard=True)
while not seen:
    pass
assert value == 7
