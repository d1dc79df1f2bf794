# every access
import errno  #: write errno, update the items of the globals, write the size of the globals
v = 1  #: write v, update the items of the globals, write the size of the globals
v = 2  #: write v, update the items of the globals
v += 1  #: read v, write v, update the items of the globals
len  #: read len


def f():  #: write f, update the items of the globals, write the size of the globals
    global v
    local = v  #: read v
    local += 1  #: nothing
    v = local  #: write v, update the items of the globals
    del v  #: write v, update the items of the globals, write the size of the globals
    return len  #: read len


f()


def outer():
    shared = 1  #: write a variable of an enclosing function
    lone = 2  #: nothing

    def inner():
        nonlocal shared
        shared = shared + 1  #: read a variable of an enclosing function, write a variable of an enclosing function
        del shared  #: write a variable of an enclosing function

    inner()  #: nothing
    return lone


try:
    outer()
except NameError:
    pass
