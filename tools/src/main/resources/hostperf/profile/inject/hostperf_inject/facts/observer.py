"""Knows when a step runs, and holds what the collectors count meanwhile."""
import os
import sys
import threading
import time

from .. import record, wrappers
from . import exceptions, locks, loops, pauses, repeats, tensors, traffic
from .ledger import Ledger
from .pace import ALONE, CLOSELY, WATCHED, Pace

COLLECTORS = (pauses, traffic, exceptions, tensors)


class Observer:
    """Takes the place of the line profiler in the wrappers: `register` and `around` are called for
    each named function that comes in."""

    def __init__(self, prefix, targets, root, skip, without):
        self.prefix = os.path.abspath(prefix)
        self.targets = targets
        self.root = root
        self.skip = skip
        self.without = without
        self.marks = []
        self.names = {}
        self.twins = {}
        self.remarks = []
        self.started = False
        self.loops = loops.Loops(self)
        self.forget()
        if locks.NAME not in without:
            locks.watch(self)

    def forget(self):
        """In a forked child, what the parent has counted is the parent's."""
        self.ledger = Ledger()
        self.local = threading.local()
        self.calls = 0
        self.pace = Pace()
        self.base = "%s.%d" % (self.prefix, os.getpid())

    # What the wrappers ask of a recorder.

    def mark(self, number):
        target, name, keeps = self.marks[number]

        def apply(function):
            if keeps:
                target.fail("is compiled: its calls cannot be watched")
                return function
            return wrappers.wrapped(function, target, name, self)

        return apply

    def register(self, function, target, name):
        code = function.__code__
        target.found.append({
            "name": name,
            "file": os.path.abspath(code.co_filename),
            "line": code.co_firstlineno,
        })
        if loops.NAME not in self.without:
            reason = self.loops.watch(function)
            if reason:
                self.remarks.append("no loop of %s is watched: %s" % (name, reason))
        return True

    def around(self, function, target):
        if target is self.root:
            return wrappers.around(function, self)
        return repeats.watched(function, target.found[-1], self)

    def timer(self, name, target, kind):
        target.fail("is a %s: its calls cannot be watched" % kind)
        return record.Timer(name)

    def note_twin(self, module, named):
        pass

    # The root comes and goes.

    def enable_by_count(self):
        local = self.local
        depth = getattr(local, "depth", 0)
        local.depth = depth + 1
        if depth:
            return
        self.calls += 1
        if self.calls <= self.skip:
            return
        if not self.started:
            self.begin()
        local.how = self.pace.choose(bool(self.costly))
        local.since = time.perf_counter()
        if local.how != ALONE:
            local.active = True
            self.ledger.step += 1
            for collector in self.collectors(local.how):
                collector.enter()

    def disable_by_count(self):
        local = self.local
        local.depth -= 1
        if local.depth or getattr(local, "how", None) is None:
            return
        local.active = False
        if local.how != ALONE:
            for collector in self.collectors(local.how):
                collector.leave()
        self.pace.took(local.how, time.perf_counter() - local.since)
        local.how = None

    def collectors(self, how):
        return self.working + self.costly if how == CLOSELY else self.working

    def is_on(self):
        return getattr(self.local, "active", False)

    def begin(self):
        """At the first step that counts: by then the program has imported what it uses."""
        self.started = True
        self.working = []
        self.costly = []
        self.states = {}
        for module in COLLECTORS:
            for collector in module.collectors(self):
                if collector.name in self.without:
                    self.states[collector.name] = "left out on request"
                    continue
                try:
                    reason = collector.start()
                except Exception as e:  # The workload has to run whatever happens here.
                    reason = "it could not begin in this program: %s" % type(e).__name__
                self.states[collector.name] = reason or ""
                if not reason:
                    kinds = getattr(collector, "kinds", ())
                    (self.costly if kinds else self.working).append(collector)
        for name in (repeats.NAME, loops.NAME, locks.NAME):
            self.states[name] = "left out on request" if name in self.without else ""

    # The end.

    def write(self, end):
        if not any(target.found for target in self.targets.all):
            return
        content = {
            "pid": os.getpid(),
            "python": "%d.%d.%d" % sys.version_info[:3],
            "end": end,
            "root": self.root.text,
            "found": bool(self.root.found),
            "reason": "" if self.root.found else self.root.reason,
            "calls": self.calls,
            "steps": self.ledger.step,
            "microseconds": int(sum(self.pace.seconds[WATCHED:]) * 1e6),
            "alone": {
                "steps": self.pace.steps[ALONE],
                "microseconds": int(self.pace.seconds[ALONE] * 1e6),
            },
            "steps_by_kind": {
                kind: self.pace.steps[CLOSELY]
                for collector in getattr(self, "costly", []) for kind in collector.kinds
            },
            "collectors": getattr(self, "states", {}),
            "remarks": self.remarks,
            "facts": self.ledger.rows(),
        }
        with record.atomic(self.base + ".facts.json") as stream:
            stream.write(record.as_json(content))
