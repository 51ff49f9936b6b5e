"""Values by their structure, without addresses: equal for values that are equal as far as this
looks. Nothing of the program's own is called: no `__repr__`, no `__eq__`, no property.

Objects are visited breadth first, so that each is described where it is nearest to the call; where
it turns up again only its plain attributes are. What lies beyond the limits is a `cut`, which says
nothing and so equals everything.
"""
import array
import collections
import enum
import hashlib
import json
import re
import types

from . import tensors

MOST_DEPTH = 8
MOST_CHILDREN = 512
FIRST_NUMBERS = 48  # of a long sequence, and the last ones; what lies between is a digest
LAST_NUMBERS = 16
MOST_TEXT = 200
MOST_JSON = 65_536  # characters of a text that is looked into
MOST_OF_JSON = 3_000  # objects

CUT = ("cut",)
PLAIN = frozenset((int, float, bool, str, bytes, complex, type(None)))
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
        if held is None:
            return plain(kind, value)
        text = value if kind is str else value.decode("utf-8", "replace")
        written = self.number(plain(str, NUMBER.sub("0", text)))
        parts = (("json", self.picture(held, MOST_OF_JSON)), (kind.__name__, written))
        return ("mapping", "json", len(parts), parts)

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
                if kind is not bytes or len(value) <= MOST_JSON:  # Large ones are not kept alive.
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


def plain(kind, value):
    if kind is str:
        return ("plain", "str", value if len(value) <= MOST_TEXT else shortened(value))
    if kind is bytes:
        return ("plain", "bytes", shortened(value.hex()) if len(value) > 64 else value.hex())
    if kind is int and value.bit_length() > 1_024:
        return ("plain", "int", hex(value))
    return ("plain", kind.__name__, repr(value))


NUMBER = re.compile(r"\d+(\.\d+)?([eE][-+]?\d+)?")


def json_of(text):
    """The list or mapping that a text stands for; None where it stands for none."""
    begins = ("{", "[") if type(text) is str else (b"{", b"[")
    if not text.startswith(begins) or len(text) > MOST_JSON:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def name_of(kind):
    """Each place of a tuple has a meaning of its own, under whatever name."""
    return "tuple" if issubclass(kind, tuple) else kind.__qualname__


def shortened(text):
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return "%s… (%d characters, %s)" % (text[:MOST_TEXT // 2], len(text), digest)


def numbers_of(kind, value):
    """Sequences of nothing but whole numbers are one structure; None for others."""
    if not len(value) or set(map(type, value)) != {int}:
        return None if kind is not array.array else floats_of(kind, value)
    items = tuple(value)
    if len(items) <= FIRST_NUMBERS + LAST_NUMBERS:
        return ("numbers", name_of(kind), len(items), items, "", ())
    between = repr(items[FIRST_NUMBERS:-LAST_NUMBERS]).encode()
    digest = hashlib.blake2b(between, digest_size=8).hexdigest()
    return ("numbers", kind.__qualname__, len(items), items[:FIRST_NUMBERS], digest, items[-LAST_NUMBERS:])


def floats_of(kind, value):
    return ("plain", kind.__qualname__, shortened(repr(list(value))))


def label(key, place):
    kind = type(key)
    if kind is tuple and all(type(part) in PLAIN for part in key) or kind in PLAIN:
        text = repr(key)
        return text if len(text) <= MOST_TEXT else shortened(text)
    if issubclass(kind, enum.Enum):
        return "%s.%s" % (kind.__qualname__, key._name_)
    return "<%s %d>" % (kind.__qualname__, place)


def resolved(shape, resolve):
    if shape[0] in ("items", "set", "object"):
        return shape[:3] + (tuple(resolve(part) for part in shape[3]),)
    if shape[0] == "mapping":
        return shape[:3] + (tuple((name, resolve(part)) for name, part in shape[3]),)
    return shape
