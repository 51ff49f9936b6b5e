"""Locks of the engine's own code that another thread held when they were wanted.

The locks that C makes take no wrapper, so the engine gets its locks with one around from the start;
the standard library and torch get theirs as ever.
"""
import sys
import threading
import time

from .ledger import is_foreign

NAME = "contended locks"


class Watched:
    def __init__(self, inner, name, observer):
        self.inner = inner
        self.name = name
        self.observer = observer
        self.release = inner.release

    def acquire(self, blocking=True, timeout=-1):
        if self.inner.acquire(False):
            return True
        if not blocking:
            return False
        start = time.perf_counter()
        try:
            return self.inner.acquire(True, timeout)
        finally:
            observer = self.observer
            if observer.local.active and not observer.local.inside:
                observer.ledger.add("wait", sys._getframe(1), self.name + ".acquire, held elsewhere",
                                    seconds=time.perf_counter() - start)

    __enter__ = acquire

    def __exit__(self, *_):
        self.release()

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def __repr__(self):
        return repr(self.inner)


def watch(observer):
    for name in ("Lock", "RLock"):
        original = getattr(threading, name)
        setattr(threading, name, factory(name, original, observer))


def factory(name, original, observer):
    kind = type(original())

    class Kind(type):
        def __call__(cls):
            inner = original()
            ours = not is_foreign(sys._getframe(1).f_code.co_filename)
            return Watched(inner, name, observer) if ours else inner

        def __instancecheck__(cls, value):
            return isinstance(value, (kind, Watched))

    return Kind(name, (), {"__module__": "threading", "__doc__": original.__doc__})
