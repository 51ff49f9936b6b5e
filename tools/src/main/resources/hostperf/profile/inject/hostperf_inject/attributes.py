"""Wraps what stands in a module's or class's attributes: re-exports, inherited methods, functions
without source. References taken before that keep the unwrapped function."""
import sys
import types

from . import wrappers


def wrap(module, path, target, recorder):
    owner = module
    for part in path[:-1]:
        inner = member(owner, part)
        if inner is None:
            return target.fail(missing(owner, part))
        owner = inner[1]
    found = member(owner, path[-1])
    if found is None:
        return target.fail(missing(owner, path[-1]))
    holder, value = found
    wrapped = wrappers.wrapped(value, target, ".".join(path), recorder)
    if wrapped is value:
        return
    try:
        for place in places(holder, path[-1], value):
            setattr(place, path[-1], wrapped)
    except (AttributeError, TypeError):
        target.found.clear()
        target.fail("%s is compiled: its functions cannot be replaced" % label(holder))


def member(owner, name):
    """(holder, value) without calling any `__getattr__`; None where there is none."""
    for holder in type.mro(owner) if isinstance(owner, type) else (owner,):
        try:
            attributes = vars(holder)
        except TypeError:
            return None
        if name in attributes:
            return holder, attributes[name]
    return None


def places(holder, name, value):
    """A re-exported function is replaced in its home module too."""
    yield holder
    home = sys.modules.get(getattr(value, "__module__", None) or "")
    if home is not None and home is not holder and vars(home).get(name) is value:
        yield home


def missing(owner, part):
    lazily = " of its own (it may provide it lazily)" if "__getattr__" in getattr(owner, "__dict__", {}) else ""
    return "%s has no `%s`%s" % (label(owner), part, lazily)


def label(owner):
    if not isinstance(owner, (type, types.ModuleType)):
        return "a %s" % type(owner).__name__
    return owner.__qualname__ if isinstance(owner, type) else owner.__name__
