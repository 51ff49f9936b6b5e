"""Times the root's calls and exchanges the versions between them."""
import os
import sys
import threading
import time

from .. import record, wrappers
from . import versions
from .schedule import CANDIDATE, Schedule

# Taken before the program is there to replace it.
now = time.perf_counter_ns

# Pairs beyond say nothing that these do not.
MOST_PAIRS = 4000


def dotted(name):
    return name.replace("::", ".")


class Swapper:
    """Takes the place of the line profiler in the wrappers: `register` and `around` are called for
    each named function that comes in."""

    def __init__(self, prefix, targets, plan):
        self.prefix = os.path.abspath(prefix)
        self.targets = targets
        self.root = targets.all[0]
        self.plan = plan
        self.marks = []
        self.functions = {}
        self.forget()

    def forget(self):
        """In a forked child, what the parent has timed is the parent's."""
        self.local = threading.local()
        self.owner = None
        self.elsewhere = set()
        self.steps = 0
        self.versions = None
        self.reason = None
        self.called = {}
        self.uncalled = []
        self.block = self.plan["block"]
        # A block's first calls find call sites that expect the other version.
        self.settling = min(2, self.block // 5)
        self.schedule = Schedule(self.plan["seed"], self.plan["mirrored"])
        self.pairs = []
        self.voided = 0
        self.spent = self.all_spent = 0
        self.timed = 0
        self.first = None
        self.base = "%s.%d" % (self.prefix, record.process_number())

    # What the wrappers ask of a recorder.

    def mark(self, number):
        target, name, keeps = self.marks[number]

        def apply(function):
            if keeps:
                target.fail("is compiled: Python does not run its body")
                self.compiled(target)
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
        if target.text in self.changed():
            self.functions.setdefault(target.text, []).append(function)
        return target is self.root

    def around(self, function, target):
        flags = wrappers.innermost(function).__code__.co_flags
        for flag, reason in versions.FLIGHT.items():
            if flags & flag:
                self.reason = "the root " + reason
                return function
        return wrappers.plain(function, self)

    def timer(self, name, target, kind):
        target.fail("is a %s: Python does not run its body" % kind)
        return record.Timer(name)

    def compiled(self, target):
        self.reason = "%s %s" % (target.text, target.reason)

    def note_twin(self, module, named):
        pass

    def changed(self):
        return {each["name"]: each for each in self.plan["functions"]}

    # The root comes and goes.

    def enable_by_count(self):
        me = threading.get_ident()
        if self.owner is None:
            self.owner = me
        if me != self.owner:
            self.elsewhere.add(me)
            return
        depth = getattr(self.local, "depth", 0)
        self.local.depth = depth + 1
        if depth or self.reason is not None:
            return
        self.before_step()
        self.since = now()

    def disable_by_count(self):
        me = threading.get_ident()
        if me != self.owner:
            self.elsewhere.discard(me)
            return
        until = now()
        self.local.depth -= 1
        if self.local.depth or self.reason is not None:
            return
        self.after_step(until - self.since)

    def before_step(self):
        step = self.steps - self.plan["warm_up"]
        if step < 0:
            sys.setprofile(self.count)
        elif step == 0:
            self.begin()
        if self.reason is None and step >= 0 and step % self.block == 0:
            self.exchange(step // self.block)

    def after_step(self, spent):
        step = self.steps - self.plan["warm_up"]
        self.steps += 1
        if step < 0:
            sys.setprofile(None)
            return
        self.all_spent += spent
        at = step % self.block
        if at >= self.settling:
            self.spent += spent
            self.timed += 1
        if at == self.block - 1:
            self.end(step // self.block)

    def count(self, frame, event, arg):
        if event == "call":
            code = frame.f_code
            for name, functions in self.functions.items():
                if any(f.__code__ is code for f in functions):
                    self.called[name] = self.called.get(name, 0) + 1

    def begin(self):
        try:
            versions.add(self.plan["added"])
            changed = self.changed()
            self.uncalled = [name for name in changed if not self.called.get(name)]
            if len(self.uncalled) == len(changed):
                raise versions.Unfit("%s was not called in the first %d steps" % (
                    " or ".join(dotted(name) for name in changed), self.steps))
            self.versions = [self.of(name, each) for name, each in changed.items()]
        except versions.Unfit as e:
            self.reason = str(e)
        except Exception as e:  # The workload has to run whatever happens here.
            self.reason = "its versions cannot be made: %r" % (e,)

    def of(self, name, each):
        target = next(t for t in self.targets.all if t.text == name)
        try:
            if not self.functions.get(name):
                raise versions.Unfit(target.reason)
            texts = []
            for side in ("base", "candidate"):
                with open(each[side], "rb") as stream:
                    texts.append(stream.read())
            return versions.Versions(
                name, self.functions[name], each["path"], *texts, each["overloaded"])
        except versions.Unfit as e:
            raise versions.Unfit("%s %s" % (dotted(name), e))

    def exchange(self, block):
        self.spent = self.timed = 0
        self.disturbed = bool(self.elsewhere)
        version = CANDIDATE if len(self.pairs) >= MOST_PAIRS else self.schedule.version(block)
        # While another thread is inside the root the versions stay, and the pair does not count.
        if not self.disturbed:
            for each in self.versions:
                each.show(version)

    def end(self, block):
        if block % 2 == 0:
            self.first = None if self.disturbed else self.spent // self.timed
            return
        if self.first is None or self.disturbed:
            self.voided += 1
        elif block > 1 and len(self.pairs) < MOST_PAIRS:
            # The first pair warms the versions up.
            first, second = self.schedule.pair(block // 2)
            sides = {first: self.first, second: self.spent // self.timed}
            other = max(first, second)
            self.pairs.append({
                "number": block // 2,
                "floor": other != CANDIDATE,
                "base_ns": sides[0],
                "other_ns": sides[other],
            })

    # The end.

    def write(self, end):
        if not self.steps and self.reason is None and not self.root.found:
            return
        content = {
            "pid": record.process_number(),
            "python": "%d.%d.%d" % sys.version_info[:3],
            "end": end,
            "found": bool(self.root.found),
            "reason": self.reason or ("" if self.root.found else self.root.reason),
            "steps": max(0, self.steps - self.plan["warm_up"]),
            "all_steps": self.steps,
            "steps_ns": self.all_spent,
            "voided": self.voided,
            "uncalled": [dotted(name) for name in self.uncalled],
            "pairs": self.pairs,
        }
        with record.atomic(self.base + ".swap.json") as stream:
            stream.write(record.as_json(content))
