import builtins
import settings as module


class Base:
    limit = 10

    def grow(self):
        self.count += 1  #: read c.count, read Counter.count, read Base.count, read Counter.__setattr__, read Base.__setattr__, write c.count, update the items of c


class Counter(Base):
    def __init__(self):
        self.count = 0

    def step(self):
        super().grow()  #: read a variable of an enclosing function, read Base.grow

    @property
    def double(self):
        return 2 * self.count  #: read c.count


class Fixed(Base):
    __slots__ = ()


class Guarded:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)  #: write guarded.x, update the items of guarded, write the size of guarded


def attributes():
    c.count = 1  #: read Counter.count, read Base.count, read Counter.__setattr__, read Base.__setattr__, write c.count, update the items of c
    c.other = 1  #: read Counter.other, read Base.other, read Counter.__setattr__, read Base.__setattr__, write c.other, update the items of c, write the size of c
    c.count  #: read c.count
    c.limit  #: read c.limit, read Counter.limit, read Base.limit
    c.step()  #: read c.step, read Counter.step
    c.double  #: read c.double, read Counter.double
    Counter.limit  #: read Counter.limit, read Base.limit
    Base.limit = 5  #: write Base.limit, update the items of Base
    Counter.limit = 6  #: write Counter.limit, update the items of Counter, write the size of Counter
    del Counter.limit  #: write Counter.limit, update the items of Counter, write the size of Counter
    del c.other  #: read Counter.other, read Base.other, read Counter.__delattr__, read Base.__delattr__, write c.other, update the items of c, write the size of c
    plain.count = 1  #: write plain.count, update the items of plain, write the size of plain
    plain.count = 2  #: write plain.count, update the items of plain
    guarded.x = 1  #: read Guarded.x, read Guarded.__setattr__


def by_name():
    getattr(c, "count")  #: read c.count
    setattr(plain, "count", 3)  #: write plain.count, update the items of plain
    hasattr(c, "nothing")  #: read c.nothing, read Counter.nothing, read Base.nothing, read Counter.__getattr__, read Base.__getattr__
    delattr(plain, "count")  #: write plain.count, update the items of plain, write the size of plain
    getattr(plain, "late" + str(1), None)  #: read plain.late1
    setattr(plain, "late" + str(1), 0)  #: write plain.late1, update the items of plain, write the size of plain
    dir(plain)  #: read the items of plain, read the size of plain, read the items of Fixed, read the size of Fixed, read the items of Base, read the size of Base
    plain.__dict__  #: read plain.__dict__, read the items of plain, read the size of plain
    Fixed.__dict__  #: read the items of Fixed, read the size of Fixed
    getattr(Base, "__dict__")  #: read the items of Base, read the size of Base


def modules():
    module.flag = 1  #: write flag, update the items of <dict>
    module.flag
    module.new = 1  #: write new, update the items of <dict>, write the size of <dict>
    del module.new  #: write new, update the items of <dict>, write the size of <dict>


def patching():
    builtins.patched = 1  #: unknown


def making():
    Counter()  #: read Counter.__new__, read Base.__new__, read Counter.__init__


c = Counter()
plain = Fixed()
guarded = Guarded()
attributes()
by_name()
modules()
patching()
making()
