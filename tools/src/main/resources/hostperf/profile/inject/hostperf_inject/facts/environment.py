"""Environment variables that the program reads itself: each read encodes a name and decodes a value."""
import os
import sys

from .arming import StandIns
from .ledger import is_foreign

# `os.getenv` and `os.environ.get` end at `__getitem__`.
WAY_THERE = ("os", "collections.abc")


class Reads(StandIns):
    name = "environment variables"

    def start(self):
        holder = type(os.environ)
        original = holder.__getitem__
        observer = self.observer

        def __getitem__(environ, key):
            if observer.local.active:
                frame = sys._getframe(1)
                while frame.f_back is not None and frame.f_globals.get("__name__") in WAY_THERE:
                    frame = frame.f_back
                # What a library reads on the way is not what the program's line costs.
                if not is_foreign(frame.f_code.co_filename):
                    observer.ledger.add("environment", frame, os.fsdecode(key))
            return original(environ, key)

        self.stand_in(holder, "__getitem__", __getitem__)


def collectors(observer):
    return [Reads(observer)]
