"""Stands in for packages that an engine imports and that what is measured does not need."""
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types


def stand_in(*packages):
    """Those of them that are not installed become modules of empty classes."""
    sys.meta_path.append(Finder({p for p in packages if importlib.util.find_spec(p) is None}))


class Anything(type):
    """A class that has every attribute, takes every index and can stand in every annotation."""

    def __getattr__(cls, name):
        return anything(shown(name))

    def __or__(cls, other):
        return object

    __ror__ = __or__

    def __getitem__(cls, key):
        return cls

    def __iter__(cls):
        return iter(())


def anything(name):
    return Anything(name, (), {
        "__init__": lambda self, *args, **kwargs: None,
        "__getattr__": lambda self, name: anything(shown(name))(),
        "__call__": called,
    })


def called(self, *args, **kwargs):
    """A decorator gives back what it decorates."""
    decorates = len(args) == 1 and not kwargs and isinstance(args[0], (type, types.FunctionType))
    return args[0] if decorates else self


def shown(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return name


class Module(types.ModuleType):
    def __getattr__(self, name):
        value = "0.0" if name == "__version__" else anything(shown(name))
        setattr(self, name, value)
        return value


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, packages):
        self.packages = packages

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.packages:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Module(spec.name)

    def exec_module(self, module):
        module.__path__ = []
