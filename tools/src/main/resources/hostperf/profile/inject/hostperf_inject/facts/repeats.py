"""Calls that did the same again: arguments seen before, results that nobody used or never vary.
A call that gives nothing was made for what it does, and says nothing here.

Values are compared by content up to a bound. Objects of the program's own classes are compared by
identity, so "the same arguments" does not say that their state was the same; where the result was
the same too, the call is worth a look.
"""
import dis
import functools
import sys
import weakref

NAME = "repeated calls"
MOST_ITEMS = 64
MOST_DEPTH = 3
MOST_KEYS = 20_000  # of the run; a step's are dropped at its end

PLAIN = (int, float, bool, str, bytes, complex, type(None))


def picture(value, depth=0):
    """Hashable, equal for values that are equal as far as this looks; None where it cannot tell."""
    if isinstance(value, PLAIN):
        return (type(value).__name__, value)
    if depth >= MOST_DEPTH:
        return None
    if isinstance(value, (list, tuple)):
        if len(value) > MOST_ITEMS:
            return None
        parts = tuple(picture(item, depth + 1) for item in value)
        return None if None in parts else (type(value).__name__, parts)
    if isinstance(value, dict):
        if len(value) > MOST_ITEMS:
            return None
        parts = tuple((picture(k, depth + 1), picture(v, depth + 1)) for k, v in value.items())
        return None if any(None in pair for pair in parts) else ("dict", parts)
    if isinstance(value, (set, frozenset)):
        return None
    if hasattr(value, "data_ptr") or hasattr(value, "__array_interface__"):
        return None  # the content of a tensor or array costs more to compare than it tells
    try:
        return ("object", Same(value))
    except TypeError:
        return None  # it takes no weak reference, and a strong one would keep it alive


class Same:
    """Equal while it is the same object; keeps nothing alive."""

    __slots__ = ("number", "reference")

    def __init__(self, value):
        self.number = id(value)
        self.reference = weakref.ref(value)

    def __hash__(self):
        return self.number

    def __eq__(self, other):
        mine = self.reference()
        return isinstance(other, Same) and mine is not None and mine is other.reference()


class Calls:
    """Of one function."""

    def __init__(self):
        self.step = -1
        self.of_step = {}
        self.of_run = {}
        self.first = None
        self.varies = False


def watched(function, found, observer):
    if function.__code__.co_flags & (0x20 | 0x80 | 0x100 | 0x200):
        return function  # a generator or coroutine returns nothing yet
    calls = Calls()
    signature = (found["file"], found["line"], found["name"])

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        if not observer.is_on() or NAME in observer.without:
            return function(*args, **kwargs)
        result = function(*args, **kwargs)
        note(calls, observer, signature, args, kwargs, result, sys._getframe(1))
        return result

    wrapper.__hostperf__ = True
    return wrapper


def note(calls, observer, signature, args, kwargs, result, caller):
    ledger = observer.ledger
    file, line, name = signature
    add = lambda kind, detail="": ledger.at(kind, file, line, name, detail)
    add("call")
    if result is None:
        return  # it was called for what it does
    if is_unused(caller):
        add("result_unused")
    given = picture(args)
    named = picture(kwargs)
    answer = picture(result)
    if given is None or named is None or answer is None:
        return
    add("call_compared")
    if calls.step != ledger.step:
        calls.step = ledger.step
        calls.of_step = {}
    key = (given, named)
    try:
        if calls.of_step.get(key, calls) == answer:
            add("repeat_in_step")
        calls.of_step[key] = answer
        if calls.of_run.get(key, calls) == answer:
            add("repeat_in_run")
        elif len(calls.of_run) < MOST_KEYS:
            calls.of_run[key] = answer
    except TypeError:
        return
    if calls.first is None:
        calls.first = answer
    elif calls.first != answer and not calls.varies:
        calls.varies = True
        add("result_varies")


_discards = {}


def is_unused(frame):
    """Whether the calling instruction's result is thrown away: the next one is POP_TOP."""
    code = frame.f_code
    known = _discards.get(code)
    if known is None:
        known = _discards[code] = discards(code)
    at = frame.f_lasti
    while at not in known and at > 0:
        at -= 2  # since 3.11 it may point into the cache entries behind the instruction
    return known.get(at, False)


def discards(code):
    """{offset of an instruction: whether it is a call whose result is popped}"""
    known = {}
    last = None
    for instruction in dis.get_instructions(code):
        if last is not None:
            known[last.offset] = instruction.opname == "POP_TOP" and "CALL" in last.opname
        last = instruction
    return known
