"""Knows when a step runs, and holds what the collectors count meanwhile."""
import os
import sys
import threading
import time

from .. import ends, record, wrappers
from . import environment, exceptions, locks, loops, pauses, repeats, tensors, traffic
from .arming import Armed, Function
from .ledger import Ledger, row
from .pace import ALONE, CLOSELY, WATCHED, Pace

COLLECTORS = (pauses, traffic, environment, exceptions, tensors)
RARE = 5

thread_time = getattr(time, "thread_time", time.perf_counter)


class Local(threading.local):
    """Of one thread: whether its step is watched or alone, and how deep in the root it is."""

    depth = 0
    how = None
    active = False
    is_alone = False
    inside = False  # one of the calls that are watched, so that those within it are not


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
        self.working = []
        self.costly = []
        self.states = {}
        self.functions = {}
        self.repeats = []
        self.loops = loops.Loops(self)
        self.functions_armed = Armed()
        self.functions_armed.things.append(self.loops)
        self.forget()
        if locks.NAME not in without:
            locks.watch(self)

    def forget(self):
        """In a forked child, what the parent has counted is the parent's."""
        self.ledger = Ledger()
        self.local = Local()
        self.calls = 0
        self.pace = Pace()
        self.between = ends.Between()
        self.base = "%s.%d" % (self.prefix, record.process_number())
        self.functions_armed.forget()
        for each in self.repeats + [self.loops]:
            each.forget()
        for collector in self.working + self.costly:
            getattr(collector, "forget", int)()

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
        found = {"name": name, "file": os.path.abspath(code.co_filename), "line": code.co_firstlineno}
        target.found.append(found)
        if id(function) in self.functions:
            return True
        watched = self.functions[id(function)] = Function(function)
        if loops.NAME not in self.without:
            reason = self.loops.watch(watched)
            if reason:
                self.remarks.append("no loop of %s is watched: %s" % (name, reason))
        thing = watched
        if target is not self.root and repeats.NAME not in self.without:
            calls = repeats.Calls(self, watched, found)
            if watched.hand_over(calls.take):
                self.repeats.append(calls)
                thing = calls
        self.functions_armed.things.append(thing)
        return True

    def around(self, function, target):
        return wrappers.around(function, self) if target is self.root else function

    def timer(self, name, target, kind):
        target.fail("is a %s: its calls cannot be watched" % kind)
        return record.Timer(name)

    def note_twin(self, module, named):
        pass

    # The root comes and goes.

    def enable_by_count(self):
        local = self.local
        local.depth += 1
        if local.depth > 1:
            return
        self.calls += 1
        if not self.started and self.calls >= self.skip:
            self.begin()
        how = None
        if self.calls > self.skip:
            how = local.how = self.pace.choose(bool(self.costly), self.is_rare())
            local.is_alone = how == ALONE
        if how:
            self.ledger.step += 1
            for collector in self.collectors(how):
                collector.enter()
            local.active = True
        local.since = time.perf_counter(), thread_time()

    def disable_by_count(self):
        local = self.local
        local.depth -= 1
        if local.depth:
            return
        seconds = time.perf_counter() - local.since[0]
        busy = thread_time() - local.since[1]
        how = local.how
        local.active = local.is_alone = False
        local.how = None
        if how is None:
            self.pace.warmed_up(busy)
            return
        if how != ALONE:
            for collector in self.collectors(how):
                collector.leave()
        self.pace.took(how, seconds, busy)
        if self.between.is_due():
            try:
                self.write("running")
            except Exception:
                pass  # The workload has to run whatever happens here; the end is another try.

    def collectors(self, how):
        return self.working + self.costly if how == CLOSELY else self.working

    def is_rare(self):
        """A root that is called so seldom that the warm-up is short."""
        return self.skip < RARE

    def begin(self):
        """At the last step of the warm-up: by then the program has imported what it uses."""
        self.started = True
        for module in COLLECTORS:
            for collector in module.collectors(self):
                if collector.name in self.without:
                    self.states[collector.name] = "left out on request"
                    continue
                try:
                    reason = collector.start()
                except Exception as e:  # The workload has to run whatever happens here.
                    reason = "it could not begin in this program: %s: %s" % (type(e).__name__, e)
                self.states[collector.name] = reason or ""
                if not reason:
                    kinds = getattr(collector, "kinds", ())
                    (self.costly if kinds else self.working).append(collector)
        for name in (repeats.NAME, loops.NAME, locks.NAME):
            self.states[name] = "left out on request" if name in self.without else ""
        if not self.is_rare():
            self.working.append(pauses.Later())
        if len(self.functions_armed.things) > 1:
            self.costly.append(self.functions_armed)

    # The end.

    def write(self, end):
        if not any(target.found for target in self.targets.all):
            return
        content = {
            **record.place(),
            "python": "%d.%d.%d" % sys.version_info[:3],
            "end": end,
            "root": self.root.text,
            "found": bool(self.root.found),
            "reason": "" if self.root.found else self.root.reason,
            "calls": self.calls,
            "alone": self.times(ALONE),
            "watched": self.times(WATCHED),
            "closely": self.times(CLOSELY),
            "kinds_closely": [kind for c in self.costly for kind in getattr(c, "kinds", ())],
            "kinds_alone": [pauses.KIND],
            "collectors": self.states,
            "remarks": self.remarks,
            "facts": self.ledger.rows() + self.counted(),
        }
        with record.atomic(self.base + ".facts.json") as stream:
            stream.write(record.as_json(content))

    def times(self, how):
        return {
            "steps": self.pace.steps[how],
            "microseconds": int(self.pace.seconds[how] * 1e6),
        }

    def counted(self):
        """What the watched functions and loops counted themselves."""
        counts = []
        for calls in self.repeats:
            place = (calls.found["file"], calls.found["line"], calls.found["name"])
            counts.extend((kind, place, count) for kind, count in calls.counted().items())
        for (kind, number), count in self.loops.counts.items():
            counts.append((kind, self.loops.places[number], count))
        return [row(kind, place[0], place[1], place[2], "", count) for kind, place, count in counts]
