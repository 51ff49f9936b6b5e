"""Values that have no parts, and texts: as they are, or shortened with a digest."""
import array
import enum
import hashlib
import json
import re

FIRST_NUMBERS = 48  # of a long sequence, and the last ones; what lies between is a digest
LAST_NUMBERS = 16
MOST_TEXT = 200
MOST_JSON = 65_536  # characters of a text that is looked into
PLAIN = frozenset((int, float, bool, str, bytes, complex, type(None)))
NUMBER = re.compile(r"\d+(\.\d+)?([eE][-+]?\d+)?")
NUMBER_OF_BYTES = re.compile(NUMBER.pattern.encode())


def plain(kind, value):
    if kind is str:
        return ("plain", "str", value if len(value) <= MOST_TEXT else shortened(value))
    if kind is bytes:
        return ("plain", "bytes", shortened(value.hex()) if len(value) > 64 else value.hex())
    if kind is int and value.bit_length() > 1_024:
        return ("plain", "int", hex(value))
    return ("plain", kind.__name__, repr(value))


def json_of(text):
    """The list or mapping that a text stands for; None where it stands for none."""
    begins = ("{", "[") if type(text) is str else (b"{", b"[")
    if not text.startswith(begins) or len(text) > MOST_JSON:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def without_numbers(text):
    return NUMBER.sub("0", text) if type(text) is str else NUMBER_OF_BYTES.sub(b"0", text)


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
