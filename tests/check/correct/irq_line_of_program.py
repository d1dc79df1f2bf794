# check: clean complete executions=1
# Who has the line outside a pin drives it: no other edge comes.
import heddle.board as board
import machine

edges = 0


def edge(source):
    global edges
    edges += 1


line = board.pin("X1")
line.value(1)
pin = machine.Pin("X1", machine.Pin.IN)
pin.irq(edge, machine.Pin.IRQ_FALLING, hard=True)
line.value(0)
assert edges == 1
