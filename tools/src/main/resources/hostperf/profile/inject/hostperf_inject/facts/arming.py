"""What stands in for the program's own code and attributes while a step is watched.

At all other times functions run the code that they were made with and attributes hold what the
program put there, so that steps which are left alone run at full speed.
"""
import inspect
import os
import threading
import types

HERE = os.path.abspath(__file__)
CALL = "__hostperf_call__"
NO_PLAIN_CALL = 0x20 | 0x80 | 0x100 | 0x200  # a generator or coroutine returns nothing yet


class Armed:
    """Things with `on` and `off`, on for as long as the step of at least one thread wants it."""

    def __init__(self):
        self.things = []
        self.count = 0
        self.lock = threading.Lock()

    def enter(self):
        with self.lock:
            self.count += 1
            if self.count == 1:
                for thing in self.things:
                    thing.on()

    def leave(self):
        with self.lock:
            self.count -= 1
            if self.count == 0:
                self.off()

    def off(self):
        for thing in self.things:
            thing.off()

    def forget(self):
        """In a forked child, no other thread's step goes on."""
        self.lock = threading.Lock()
        self.count = 0
        self.off()


class Attribute:
    """One of a module or class."""

    def __init__(self, holder, name, other):
        self.holder = holder
        self.name = name
        if name not in vars(holder):
            setattr(holder, name, getattr(holder, name))  # what it inherits is not its own to replace
        self.own = vars(holder)[name]
        self.other = other

    def on(self):
        if vars(self.holder).get(self.name) is self.own:
            setattr(self.holder, self.name, self.other)

    def off(self):
        if vars(self.holder).get(self.name) is self.other:
            setattr(self.holder, self.name, self.own)


class StandIns:
    """A collector that works by attributes."""

    def __init__(self, observer):
        self.observer = observer
        self.armed = Armed()

    def stand_in(self, holder, name, other):
        try:
            attribute = Attribute(holder, name, other)
            attribute.on()
            attribute.off()
        except (AttributeError, TypeError):
            return  # a class of C code takes none
        self.armed.things.append(attribute)

    def enter(self):
        self.armed.enter()

    def leave(self):
        self.armed.leave()

    def forget(self):
        self.armed.forget()


class Function:
    """Runs other code, or hands its calls over; every reference to it stays the same."""

    def __init__(self, function):
        self.function = function
        self.own = self.inner = self.other = function.__code__
        self.twin = None
        self.signature = None

    def run(self, code):
        self.inner = self.other = code

    def hand_over(self, call):
        """`call(args, kwargs)` gives the result of each call, from `twin`. False where it cannot."""
        if self.own.co_flags & NO_PLAIN_CALL:
            return False
        code = trampoline(self.own, call)
        if code is None:
            return False
        of = self.function
        self.twin = types.FunctionType(
            self.inner, of.__globals__, of.__name__, of.__defaults__, of.__closure__)
        try:
            self.signature = inspect.signature(of)
        except (ValueError, TypeError):
            pass
        self.other = code
        return True

    def on(self):
        function = self.function
        if function.__code__ is not self.own or self.other is self.own:
            return
        if self.twin is not None:
            self.twin.__defaults__ = function.__defaults__
            self.twin.__kwdefaults__ = function.__kwdefaults__
            if self.signature is not None and "__signature__" not in function.__dict__:
                function.__signature__ = self.signature
        function.__code__ = self.other

    def off(self):
        function = self.function
        if function.__code__ is self.other and self.other is not self.own:
            function.__code__ = self.own
            if function.__dict__.get("__signature__") is self.signature:
                function.__dict__.pop("__signature__", None)


def trampoline(code, call):
    """Code with the same free variables that calls `call(args, kwargs)`."""
    free = code.co_freevars
    if not all(name.isidentifier() for name in free):
        return None
    text = "def outer(%s):\n def inner(*_args, **_kwargs):\n  _call = %r\n  if 0: %s\n  return _call(_args, _kwargs)\n" % (
        ", ".join(free), CALL, ", ".join(free) or "0")
    outer = next(c for c in compile(text, HERE, "exec").co_consts if hasattr(c, "co_code"))
    inner = next(c for c in outer.co_consts if hasattr(c, "co_code"))
    if inner.co_freevars != free:
        return None
    names = {"co_name": code.co_name}
    if hasattr(code, "co_qualname"):
        names["co_qualname"] = code.co_qualname
    consts = tuple(call if c == CALL else c for c in inner.co_consts)
    return inner.replace(co_consts=consts, **names)
