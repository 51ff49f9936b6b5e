"""Values by their structure, without addresses: equal for values that are equal as far as this
looks. Nothing of the program's own is called: no `__repr__`, no `__eq__`, no property.

Objects are visited breadth first, so that each is described where it is nearest to the call; where
it turns up again only its plain attributes are. What lies beyond the limits is a `cut`, which says
nothing and so equals everything.
"""
import array
import collections
import enum
import types

from . import tensors
from .plain import PLAIN, json_of, label, name_of, numbers_of, plain, without_numbers

MOST_DEPTH = 8
MOST_CHILDREN = 512
MOST_KEPT = 65_536  # bytes of an object that is kept alive by being known

CUT = ("cut",)
SEQUENCES = (list, tuple, collections.deque)
# Their state is the interpreter's or the system's.
OPAQUE_MODULES = frozenset((
    "threading", "_thread", "logging", "asyncio", "concurrent", "multiprocessing", "weakref",
    "_weakref", "io", "_io", "socket", "selectors", "select", "subprocess", "ctypes", "contextvars",
    "builtins", "functools", "itertools", "operator", "typing", "torch", "ssl", "zmq", "mpi4py"))
VALUE_MODULES = frozenset(("datetime", "decimal", "_decimal", "fractions", "uuid", "pathlib"))
# Of torch.nn.Module: its weights, which the code of a step does not change.
OF_MODULES = frozenset(("_parameters", "_buffers", "_modules", "training"))


class Table:
    """Every structure once, under a number; a structure names its parts by theirs."""

    def __init__(self):
        self.numbers = {}
        self.plain = {int: {}, str: {}, bytes: {}, bool: {}, type(None): {}}
        self.labels = {int: {}, str: {}}
        self.names = {}
        self.unwritten = []
        self.looked = 0  # at how many objects
        self.pending = tensors.Pending()

    def number(self, node):
        number = self.numbers.get(node)
        if number is None:
            number = self.numbers[node] = len(self.numbers)
            self.unwritten.append(node)
        return number

    def names_of(self, names):
        """An object's attributes' names are a structure too, which others of its class share."""
        number = self.names.get(names)
        if number is None:
            number = self.names[names] = self.number(("names", names))
        return number

    def label(self, key, place):
        known = self.labels.get(type(key))
        if known is None:
            return label(key, place)
        text = known.get(key)
        if text is None:
            text = known[key] = label(key, place)
        return text

    def plain_node(self, kind, value):
        """Text of JSON is described by what it holds, so that where a part of it varies the rest
        still counts, and by how it is written."""
        held = json_of(value) if kind is str or kind is bytes else None
        if held is None or not is_small(held, MOST_DEPTH):
            return plain(kind, value)
        written = self.number(plain(kind, without_numbers(value)))
        return ("json", self.picture(held, len(value)), written)

    def picture(self, root, most):
        """The number of the structure of `root`, of which at most `most` objects are looked at."""
        return Picture(self, most).of(root)


class Picture:
    def __init__(self, table, most):
        self.table = table
        self.most = most
        self.objects = []
        self.depths = []
        self.seen = {}
        self.again = {}

    def of(self, root):
        first = self.child(root, 0)
        shapes = []
        while len(shapes) < len(self.objects):
            at = len(shapes)
            try:
                shapes.append(self.shape(self.objects[at], self.depths[at] + 1))
            except Exception:  # It changed under our eyes, or is stranger than this knows.
                shapes.append(CUT)
        numbers = [0] * len(shapes)
        resolve = lambda part: part if part >= 0 else numbers[-1 - part]
        for at in range(len(shapes) - 1, -1, -1):
            numbers[at] = self.table.number(resolved(shapes[at], resolve))
        self.table.looked += len(shapes)
        return resolve(first)

    def child(self, value, depth):
        """A structure's number, or for one that is still to be looked at -1 - its place."""
        kind = type(value)
        known = self.table.plain.get(kind)
        if known is not None:
            number = known.get(value)
            if number is None:
                number = self.table.number(self.table.plain_node(kind, value))
                if kind is not bytes or len(value) <= MOST_KEPT:
                    known[value] = number
            return number
        if KINDS.get(kind) not in WITH_PARTS:
            leaf = self.leaf(value)
            if leaf is not None:
                return self.table.number(leaf)
        known = self.seen.get(id(value))
        if known is not None:
            return self.shallow(value)
        if depth > MOST_DEPTH or len(self.objects) >= self.most:
            return self.table.number(CUT)
        self.seen[id(value)] = len(self.objects)
        self.objects.append(value)
        self.depths.append(depth)
        return -len(self.objects)

    def leaf(self, value):
        kind = type(value)
        if kind in PLAIN:
            return plain(kind, value)
        how = KINDS.get(kind)
        if how is None:
            how = KINDS[kind] = kind_of(kind)
        if how == "enum":
            return ("plain", "enum", "%s.%s" % (kind.__qualname__, value._name_))
        if how == "sequence":
            return numbers_of(kind, value)
        if how == "numbers":
            return numbers_of(kind, value) or ("opaque", kind.__qualname__)
        if how == "value":
            return ("plain", kind.__name__, str(value))
        if how == "bytes":
            return plain(bytes, bytes(value))
        if how == "opaque" or how == "callable":
            return ("opaque", how if how == "callable" else kind.__qualname__)
        if how == "scalar":
            inner = value.item()
            return plain(type(inner), inner) if type(inner) in PLAIN else ("opaque", kind.__name__)
        if how in ("array", "torch"):
            return self.table.pending.node(how, value)
        return None

    def shape(self, value, depth):
        kind = type(value)
        how = KINDS[kind]
        if how == "sequence":
            items = list(value)
            parts = [self.child(item, depth) for item in items[:MOST_CHILDREN]]
            return ("items", name_of(kind), len(items), tuple(parts))
        if how == "set":
            return self.of_set(kind, value, depth)
        if how == "mapping":
            items = list(dict.items(value))
            label = self.table.label
            parts = [(label(key, i), self.child(item, depth))
                     for i, (key, item) in enumerate(items[:MOST_CHILDREN])]
            return ("mapping", kind.__qualname__, len(items), tuple(parts))
        names, values = attributes(value)
        return self.of_object(
            kind, names, [self.child(item, depth) for item in values[:MOST_CHILDREN]])

    def of_object(self, kind, names, parts):
        names = self.table.names_of(tuple(names[:MOST_CHILDREN]))
        return ("object", kind.__qualname__, names, tuple(parts))

    def of_set(self, kind, value, depth):
        items = list(value)
        if all(type(item) in PLAIN for item in items):
            items.sort(key=lambda item: (type(item).__name__, repr(item)))
        elif len(items) > MOST_CHILDREN:
            return CUT
        parts = [self.child(item, depth) for item in items[:MOST_CHILDREN]]
        return ("set", kind.__qualname__, len(items), tuple(parts))

    def shallow(self, value):
        number = self.again.get(id(value))
        if number is None:
            node = CUT
            if KINDS[type(value)] == "object":
                cut = self.table.number(CUT)
                names, values = attributes(value)
                parts = [self.child(item, 0) if type(item) in PLAIN else cut
                         for item in values[:MOST_CHILDREN]]
                node = self.of_object(type(value), names, parts)
            number = self.again[id(value)] = self.table.number(node)
        return number


KINDS = {}
WITH_PARTS = frozenset(("object", "mapping", "set"))


def kind_of(kind):
    """How values of this type are described."""
    if issubclass(kind, enum.Enum):
        return "enum"
    tensor = tensors.kind_of(kind)
    if tensor:
        return tensor
    if issubclass(kind, (array.array, range)):
        return "numbers"
    if issubclass(kind, SEQUENCES):
        return "sequence"
    if issubclass(kind, (set, frozenset)):
        return "set"
    if issubclass(kind, dict):
        return "mapping"
    if issubclass(kind, (bytearray, memoryview)):
        return "bytes"
    if issubclass(kind, (type, types.FunctionType, types.MethodType, types.BuiltinFunctionType)):
        return "callable"
    module = (kind.__module__ or "").split(".")[0]
    if module in VALUE_MODULES:
        return "value"
    if issubclass(kind, (int, str, float)):
        return "value" if kind.__str__ in (int.__str__, str.__str__, float.__str__) else "opaque"
    if issubclass(kind, BaseException):
        return "object"
    if module == "functools":
        return "callable"
    if module in OPAQUE_MODULES or issubclass(kind, (types.ModuleType, types.GeneratorType)):
        return "opaque"
    return "object" if has_attributes(kind) else "opaque"


def has_attributes(kind):
    return any("__dict__" in vars(c) or "__slots__" in vars(c) or "__struct_fields__" in vars(c)
               for c in kind.__mro__ if c is not object)


MEMBERS = {}


def members(kind):
    """The slots of a class and of those it inherits from."""
    found = MEMBERS.get(kind)
    if found is None:
        found = MEMBERS[kind] = [
            (name, member) for c in kind.__mro__ for name, member in vars(c).items()
            if type(member) is types.MemberDescriptorType and is_own(name)]
    return found


def is_own(name):
    return type(name) is str and not name.startswith("__") and name not in OF_MODULES


OWN = {}


def own(names):
    """Which of an object's attributes are its own; None where all are."""
    found = OWN.get(names)
    if found is None:
        kept = tuple(i for i, name in enumerate(names) if is_own(name))
        found = OWN[names] = (kept,) if len(kept) < len(names) else (None,)
    return found[0]


def attributes(value):
    """(names, values), without running any of the program's code."""
    kind = type(value)
    try:
        state = object.__getattribute__(value, "__dict__")
        names, values = tuple(state), list(state.values())
        if len(names) != len(values):
            raise RuntimeError("another thread changes it")
        kept = own(names)
        if kept is not None:
            names, values = tuple(names[i] for i in kept), [values[i] for i in kept]
    except (AttributeError, TypeError):
        names, values = (), []
    for name, member in members(kind):
        try:
            values.append(member.__get__(value))
            names += (name,)
        except AttributeError:
            pass
    if issubclass(kind, BaseException):
        values.append(value.args)
        names += ("args",)
    return names, values


def is_small(held, depth):
    """Whether all of what JSON holds is described: else its text as a whole tells more."""
    if type(held) is dict:
        held = list(held.values())
    elif type(held) is not list or set(map(type, held)) == {int}:
        return True
    return depth > 0 and len(held) <= MOST_CHILDREN and all(is_small(each, depth - 1) for each in held)


def resolved(shape, resolve):
    if shape[0] in ("items", "set", "object"):
        return shape[:3] + (tuple(resolve(part) for part in shape[3]),)
    if shape[0] == "mapping":
        return shape[:3] + (tuple((name, resolve(part)) for name, part in shape[3]),)
    return shape
