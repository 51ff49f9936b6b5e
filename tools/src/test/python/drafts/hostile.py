# Each block is in a module or not; the names are those that harmless classes have too.
### child
class Child(Item):
    @property
    def size(self) -> int:
        LOG.append("Child.size")
        return self.n

    def total(self) -> int:
        LOG.append("Child.total")
        return 3
### counted
class Counted(Item):
    @property
    def ticks(self) -> int:
        LOG.append("ticks")
        self.n += 1
        return self.n
### getattr
class Open:
    def __init__(self, n):
        self.__dict__["n"] = n

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        LOG.append("getattr " + name)
        self.__dict__["n"] += 1
        return self.__dict__["n"]
### queue
class Queue:
    def __init__(self, n):
        self.items = list(range(20))
        self.n = n

    def get(self, *_):
        LOG.append("get")
        return self.items.pop()

    def index(self, x):
        LOG.append("index")
        return self.items.pop()

    def copy(self):
        LOG.append("copy")
        return self.items

    def join(self, *_):
        LOG.append("join")
        return "joined"

    def item(self):
        LOG.append("item")
        return self.items.pop()

    @property
    def size(self):
        LOG.append("Queue.size")
        return self.items.pop()

    @property
    def box(self):
        LOG.append("Queue.box")
        return Box(len(LOG))
### feed
class Feed:
    def __init__(self, n):
        self.n = n
        self.left = 6

    def __iter__(self):
        return self

    def __next__(self):
        LOG.append("next")
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left
### lock
class Lock:
    def __init__(self, n):
        self.n = n

    def __enter__(self):
        LOG.append("enter")
        return self

    def __exit__(self, *_):
        LOG.append("exit")
### eq
class Same:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        LOG.append("eq")
        return isinstance(other, Same) and self.n == other.n

    def __hash__(self):
        LOG.append("hash")
        return self.n
### shown
class Shown:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        LOG.append("repr")
        return "Shown"
### maker
class Ticket:
    def __init__(self, n):
        LOG.append("Ticket")
        self.n = n
### file
class File:
    def __init__(self, n):
        self.n = n
        self.at = 0

    def read(self):
        LOG.append("read")
        self.at += 1
        return self.at

    def __iter__(self):
        LOG.append("rewind")
        return iter([1, 2])

    def __len__(self):
        LOG.append("len")
        return 2
