"""Garbage collection: how long, which generation, and on whose line it fell.

Counted in the steps that are left alone. What watches the others makes objects of its own, which
would bring collections about, and a full one may take longer than the step: it waits until the step
is over, unless the program calls for it.
"""
import gc
import sys
import time

from .arming import Armed, Attribute


KIND = "gc_pause"


class Pauses:
    name = "garbage collection"

    def __init__(self, observer):
        self.observer = observer
        self.since = None

    def start(self):
        gc.callbacks.append(self.called)

    def enter(self):
        pass

    def leave(self):
        pass

    def called(self, phase, info):
        if phase == "start":
            self.since = time.perf_counter()
        elif self.since is not None and self.observer.local.is_alone:
            self.observer.ledger.add(
                KIND,
                sys._getframe(1),
                "generation %d" % info["generation"],
                seconds=time.perf_counter() - self.since)


class Later:
    """Collections wait while a step is watched; the program sees of the collector what it chose."""

    def __init__(self):
        self.is_on = False
        self.enable = gc.enable
        self.disable = gc.disable
        self.armed = Armed()
        self.armed.things = [
            self,
            Attribute(gc, "enable", lambda: self.choose(True)),
            Attribute(gc, "disable", lambda: self.choose(False)),
            Attribute(gc, "isenabled", lambda: self.is_on),
        ]
        self.enter = self.armed.enter
        self.leave = self.armed.leave
        self.forget = self.armed.forget

    def choose(self, is_on):
        self.is_on = is_on

    def on(self):
        self.is_on = gc.isenabled()
        self.disable()

    def off(self):
        if self.is_on:
            self.enable()
        self.is_on = False


def collectors(observer):
    return [Pauses(observer)]
