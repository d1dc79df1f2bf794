# Through branches: what runs only one way follows, what comes after both ways does not.

n1 = n2 = n3 = n4 = n5 = n6 = n7 = n8 = n9 = 0
n10 = n11 = n12 = n13 = n14 = n15 = n16 = 0
n17 = n18 = n19 = 0
other = 1


def branches():
    global n1, n2, n3, n4, n5
    if n1 == 0:
        n1 = 5  #: update
    if n2:
        pass
    else:
        n2 = 5  #: update
    if n3 == 0:
        value = 1
    else:
        value = 2
    n3 = value  #: update
    if n4 == 0 and other:
        pass
    n4 = 5  #: apart
    value = 1
    if n5 == 7:
        value = 2
    n5 = value  #: update


branches()


def leaves_early():
    global n6
    if n6:
        return
    n6 = 1  #: update


leaves_early()


def loops():
    global n7, n8, n9, n10, n11
    while n7 < 2:
        n7 = 5  #: update
    while n8 != 0:
        pass
    other  # what comes between is a touch
    n8 = 1  #: apart
    while True:
        if n9 == 0:
            break
    n9 = 1  #: apart
    for i in range(n10 + 1):
        n10 = 1  #: update
    for i in range(2):
        if n11 == 3:
            continue
        other
    n11 = 1  #: apart


loops()


def endless():
    global n12, n13
    while True:
        if n12 == 0:
            pass
        n12 = 1  #: apart
        if n13:
            return
        n13 = 1  #: update


endless()


def asserts():
    global n14
    assert n14 == 0
    n14 = 1  #: apart


asserts()


def with_finally():
    global n15
    try:
        while n15 != 0:
            pass
    finally:
        other
    n15 = 1  #: apart


with_finally()


def short_circuit():
    global n16
    n16 = n16 or 5  #: update


short_circuit()


def tries_again():
    global n17, n18, n19
    tries = 0
    while True:
        n17 = 5  #: apart
        tries += 1
        if tries == 2:
            n18 = 5  #: update
        if n17 == 7 or n18 == 7:
            return
        if tries == 3:
            break
    while n19 == 0:
        n19 = 5  #: update


tries_again()
