# Through exceptions: whether a handler runs, and what it gets.

n1 = n2 = n3 = n4 = n5 = n6 = 0
table = {"n7": 0, "n8": 0}
table["n7"] = 0
del table["n7"]
table["n8"] = 0


def raise_it(value):
    raise ValueError(value)


try:
    raise_it(n1)
except ValueError as error:
    n1 = error.args[0]  #: update

try:
    1 // n2
except ZeroDivisionError:
    n2 = 1  #: update
table
try:
    1 // n3
except ZeroDivisionError:
    pass
table
n3 = 1  #: apart


def missing():
    try:
        return table["n7"]
    except KeyError:
        table["n7"] = 1  #: update


missing()


def in_with():
    global n4, n5
    with open(__file__):
        while n4 != 0:
            pass
    n4 = 1  #: apart
    with open(__file__):
        read = n5
    n5 = read  #: update


in_with()


def finally_after_return():
    global n6
    try:
        return n6
    finally:
        table
        n6 = 1  #: update


finally_after_return()
table["n8"] = table["n8"] + 1  #: update
