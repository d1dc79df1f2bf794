# Through values: operators, locals, the stack, containers, other places.

n1 = n2 = n3 = n4 = n5 = n6 = n7 = n8 = n9 = 0
n10 = n11 = n12 = n13 = n14 = n15 = n16 = n17 = n18 = n19 = n20 = n21 = 0
total = 0
turns = [1, 2]


def operators():
    global n1, n2, n3, n4
    n1 += 1  #: update
    n2 = -n2  #: update
    n3 = str(n3) + "a"  #: update
    n4 = n4 if total else 1  #: apart


operators()


def by_locals():
    global n5, n6, n7
    read = n5
    other = read
    n5 = other + 1  #: update
    read = n6
    read = 3
    n6 = read  #: apart
    first, second = n7, 1
    second, first = first, second
    n7 = first  #: apart


by_locals()


def containers():
    global n8, n9, n10, n11
    pair = (n8, 1)
    n8 = pair[1]  #: update
    some = []
    some.append(n9)
    n9 = some[0] + 1  #: update
    n10 = [one for one in (n10, 2)][0]  #: update
    n11 = {"a": n11}["a"]  #: update


containers()


def other_places():
    global n12, n13, n14, total
    total = n12
    n12 = total + 1  #: update
    turns[0] = n13
    n13 = turns[0]  #: update
    turns[0] = n14
    turns[0] = 5
    n14 = turns[0]  #: apart


other_places()


def kept():
    global n15, n16, n17, n18, n20, n21, total
    read = n15
    n15 = 0  #: update
    total = read
    total += n16
    n16 = 0  #: update
    read = n17
    turns[0] = 1
    n17 = 0  #: apart
    total += n18
    turns[0] = 1
    n18 = 0  #: apart
    print(n20)
    n20 = 0  #: apart
    turns.append(n21)
    n21 = 0  #: update


kept()

# The module's own names are places too.
read = n19
n19 = read + 1  #: update
