"""Garbage collection: how long, which generation, and on whose line it fell."""
import gc
import sys
import time


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
        elif self.since is not None and self.observer.is_on():
            self.observer.ledger.add(
                "gc_pause",
                sys._getframe(1),
                "generation %d" % info["generation"],
                seconds=time.perf_counter() - self.since)


def collectors(observer):
    return [Pauses(observer)]
