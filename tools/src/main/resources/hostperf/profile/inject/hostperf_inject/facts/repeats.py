"""Calls that did the same again: arguments seen before, results that nobody used or never vary.
A call that gives nothing was made for what it does, and says nothing here.

Of each function the first calls of a step are looked at; then it runs at full speed until the next
step that is watched closely. Values are compared by content up to a bound. Objects of the program's
own classes are compared by identity, so "the same arguments" does not say that their state was the
same; where the result was the same too, the call is worth a look.
"""
import ast
import dis
import itertools
import linecache
import sys
import weakref

NAME = "repeated calls"
MOST_ITEMS = 64
MOST_DEPTH = 3
MOST_KEYS = 2_000  # of the run; a step's are dropped at its end
MOST_CALLS = 100  # of a function in a step
MOST_CALLS_OF_RARE = 20_000  # where there may be one step only
MOST_OPEN = 8  # calls of a function within itself: each needs more of the stack than it had
MOST_OBJECTS = 5_000

PLAIN = frozenset((int, float, bool, str, bytes, complex, type(None)))

_arrays = {}  # by type: whether it is one of tensors or arrays
_objects = {}  # by id: a weak reference and the number that tells it from all others
_numbers = itertools.count()


def picture(value, depth=0):
    """Hashable, equal for values that are equal as far as this looks; None where it cannot tell."""
    kind = type(value)
    if kind in PLAIN:
        return (kind, value)
    if depth >= MOST_DEPTH:
        return None
    if isinstance(value, (list, tuple)):
        if len(value) > MOST_ITEMS:
            return None
        kinds = tuple(map(type, value))
        if PLAIN.issuperset(kinds):
            return (kind, kinds, tuple(value))
        parts = tuple([picture(item, depth + 1) for item in value])
        return None if None in parts else (kind, parts)
    if isinstance(value, dict):
        if len(value) > MOST_ITEMS:
            return None
        parts = tuple([(picture(k, depth + 1), picture(v, depth + 1)) for k, v in value.items()])
        return None if any(None in pair for pair in parts) else (dict, parts)
    if isinstance(value, (set, frozenset)):
        return None
    if kind not in _arrays:
        _arrays[kind] = hasattr(kind, "data_ptr") or hasattr(kind, "__array_interface__")
    if _arrays[kind]:
        return None  # the content of a tensor or array costs more to compare than it tells
    try:
        return ("object", number(value))
    except TypeError:
        return None  # it takes no weak reference, and a strong one would keep it alive


def number(value):
    """The same for as long as it is the same object; keeps nothing alive."""
    known = _objects.get(id(value))
    if known is None or known[0]() is not value:
        known = _objects[id(value)] = (weakref.ref(value), next(_numbers))
    return known[1]


class Calls:
    """Of one function."""

    def __init__(self, observer, function, found):
        self.observer = observer
        self.function = function
        self.found = found
        self.left = 0
        self.forget()

    def forget(self):
        self.counts = {}
        self.sites = {}
        self.open = 0
        self.step = -1
        self.of_step = {}
        self.of_run = {}
        self.first = None
        self.varies = False

    def on(self):
        self.left = MOST_CALLS_OF_RARE if self.observer.is_rare() else MOST_CALLS
        self.function.on()

    def off(self):
        self.function.off()
        if len(_objects) > MOST_OBJECTS:
            _objects.clear()

    def take(self, args, kwargs):
        if not self.observer.local.active:
            return self.function.twin(*args, **kwargs)
        self.left -= 1
        self.open += 1
        if self.left <= 0 or self.open > MOST_OPEN:
            self.function.off()
        try:
            result = self.function.twin(*args, **kwargs)
        finally:
            self.open -= 1
        self.add("call")
        if result is not None:
            self.note(args, kwargs, result, sys._getframe(2))
        return result

    def add(self, kind):
        self.counts[kind] = self.counts.get(kind, 0) + 1

    def counted(self):
        name = self.function.own.co_name
        unused = sum(n for (code, at), n in self.sites.items() if is_unused(code, at, name))
        return dict(self.counts, result_unused=unused) if unused else self.counts

    def note(self, args, kwargs, result, caller):
        site = (caller.f_code, caller.f_lasti)
        self.sites[site] = self.sites.get(site, 0) + 1
        answer = picture(result)
        given = None if answer is None else picture(args)
        named = None if given is None else picture(kwargs) if kwargs else ()
        if named is None:
            return
        self.add("call_compared")
        step = self.observer.ledger.step
        if self.step != step:
            self.step = step
            self.of_step = {}
        key = (given, named)
        if self.of_step.get(key, self) == answer:
            self.add("repeat_in_step")
        self.of_step[key] = answer
        if self.of_run.get(key, self) == answer:
            self.add("repeat_in_run")
        elif len(self.of_run) < MOST_KEYS:
            self.of_run[key] = answer
        if self.first is None:
            self.first = answer
        elif not self.varies and self.first != answer:
            self.varies = True
            self.add("result_varies")


def is_unused(code, at, name):
    """Whether the caller is a statement that only calls the function of this name. Code in between
    that is not Python's, such as a sort by a key, has no frame and uses what it gets."""
    return is_popped(code, at) and name == called(code, at)


def is_popped(code, at):
    """Whether the call's next instruction is POP_TOP."""
    last = None
    for instruction in dis.get_instructions(code):
        if last is not None and last.offset <= at < instruction.offset:
            return "CALL" in last.opname and instruction.opname == "POP_TOP"
        last = instruction
    return False


def called(code, at):
    """The last name of what the statement calls; empty where its source does not tell."""
    line = next((line for start, line in reversed(list(dis.findlinestarts(code))) if start <= at), 0)
    try:
        statement = ast.parse(linecache.getline(code.co_filename, line).strip()).body[0]
    except (SyntaxError, ValueError, IndexError):
        return ""  # it goes on over several lines, or stands behind an `if`
    value = getattr(statement, "value", None)
    value = value.value if isinstance(value, ast.Await) else value
    if not isinstance(statement, ast.Expr) or not isinstance(value, ast.Call):
        return ""
    return getattr(value.func, "attr", getattr(value.func, "id", ""))
