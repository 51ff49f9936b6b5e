"""How long the root's calls take under the line profiler, those of its warm-up left out."""
import threading
import time

WARM_UP = 5


class Local(threading.local):
    """Of one thread: how deep in the root it is."""

    depth = 0
    since = 0.0


class Steps:
    def __init__(self, root):
        self.root = root
        self.forget()

    def forget(self):
        """In a forked child, what the parent has timed is the parent's."""
        self.local = Local()
        self.calls = 0
        self.seconds = 0.0
        self.first = []

    def around(self, profiler):
        return Timed(self, profiler)

    def took(self, seconds):
        self.calls += 1
        self.seconds += seconds
        if len(self.first) < WARM_UP:
            self.first.append(seconds)

    def measured(self):
        """A root that is called seldom has few calls to spare."""
        warm_up = min(WARM_UP, self.calls // 2)
        seconds = self.seconds - sum(self.first[:warm_up])
        return {
            "calls": self.calls,
            "steps": self.calls - warm_up,
            "microseconds": int(seconds * 1e6),
        }


class Timed:
    """The profiler as the wrappers take it."""

    def __init__(self, steps, profiler):
        self.steps = steps
        self.enable = profiler.enable_by_count
        self.disable = profiler.disable_by_count

    def enable_by_count(self):
        local = self.steps.local
        local.depth += 1
        if local.depth == 1:
            local.since = time.perf_counter()
        self.enable()

    def disable_by_count(self):
        self.disable()
        local = self.steps.local
        local.depth -= 1
        if local.depth == 0:
            self.steps.took(time.perf_counter() - local.since)
