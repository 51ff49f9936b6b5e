"""Records the calls of functions, in every thread, and writes them down as it goes."""
import os
import sys
import threading
import time

from .. import record, wrappers
from . import pace
from .picture import Table

MOST_GIVEN = 3_000  # objects that are looked at, of a call's arguments
MOST_RESULT = 1_500
MOST_BRIEF = 200  # where only the result is recorded
MOST_SECONDS = 20  # of describing, in one process
MOST_STRUCTURES = 500_000
BETWEEN_WRITES = 500  # calls
COROUTINE = wrappers.COROUTINE
UNFIT = wrappers.GENERATOR | wrappers.ITERABLE_COROUTINE | wrappers.ASYNC_GENERATOR


class Recorder:
    """Takes the place of the line profiler in the wrappers."""

    # A mark stands outside of other decorators: the calls that a cache answers are calls too.
    outermost = True

    def __init__(self, prefix, targets, compared, changed):
        self.prefix = os.path.abspath(prefix)
        self.targets = targets
        self.compared = compared
        self.changed = changed
        self.marks = []
        self.codes = set()
        self.functions = []
        self.local = threading.local()
        self.forget()

    def forget(self):
        """In a forked child, what the parent has seen is the parent's."""
        self.base = "%s.%d" % (self.prefix, record.process_number())
        self.lock = threading.RLock()
        self.table = Table()
        self.calls = []
        self.counts = {}
        self.order = 0
        self.seconds = 0.0
        self.stopped = ""
        self.remarks = []
        self.begun = time.time()
        self.is_open = False

    # What the wrappers ask of a recorder.

    def mark(self, number):
        target, name, keeps = self.marks[number]

        def apply(value):
            if keeps:
                target.fail("is compiled: its calls cannot be recorded")
                return value
            return self.wrap(value, target, name)

        return apply

    def wrap(self, value, target, name):
        again = lambda inner: self.wrap(inner, target, name)
        if isinstance(value, wrappers.DESCRIPTORS):
            return wrappers.of_descriptor(value, again)
        if type(value).__name__ == "cached_property":
            value.func = again(value.func)
            return value
        inner = wrappers.innermost(value)
        if not hasattr(inner, "__code__") or not callable(value) or isinstance(value, type):
            target.fail("`%s` is a %s: its calls cannot be recorded" % (name, type(value).__name__))
            return value
        if getattr(value, wrappers.DONE, False):
            return value
        code = inner.__code__
        target.found.append({
            "name": name, "file": os.path.abspath(code.co_filename), "line": code.co_firstlineno})
        if target.text in self.changed:
            self.codes.update(nested(code))
        if target.text not in self.compared:
            return value
        flags = getattr(getattr(value, "__code__", None), "co_flags", 0)
        if flags & UNFIT:
            target.remark = "is a generator"
            return value
        number = len(self.functions)
        # A property's getter and setter, or one of several definitions, share a name.
        again = sum(1 for known in self.functions if known.split(" ")[0] == target.text)
        self.functions.append("%s (%d)" % (target.text, again + 1) if again else target.text)
        names = parameters(code)
        if flags & COROUTINE:
            wrapper = self.of_coroutine(value, number, names)
        else:
            wrapper = self.of_plain(value, number, names, target.text in self.changed)
        wrapper = wrappers.finished(wrapper, value)
        return wrappers.with_cache(wrapper, value)

    def note_twin(self, module, named):
        pass

    # Calls.

    def of_plain(self, function, number, names, is_changed):
        codes, local, frame = self.codes, self.local, sys._getframe

        def wrapper(*args, **kwargs):
            if (
                getattr(local, "covered", False)
                or getattr(local, "inside", False)
                or frame(1).f_code in codes
            ):
                return function(*args, **kwargs)
            call = self.begin(number, names, args, kwargs)
            # What happens below a changed function is its own affair: what counts is what it was
            # given, gave and changed.
            local.covered = is_changed
            try:
                result = function(*args, **kwargs)
            except BaseException as e:
                local.covered = False
                self.end(call, e, True)
                raise
            local.covered = False
            self.end(call, result, False)
            return result

        return wrapper

    def of_coroutine(self, function, number, names):
        codes = self.codes

        async def wrapper(*args, **kwargs):
            caller = sys._getframe(1)
            if caller is not None and caller.f_code in codes:
                return await function(*args, **kwargs)
            call = self.begin(number, names, args, kwargs)
            try:
                result = await function(*args, **kwargs)
            except BaseException as e:
                self.end(call, e, True)
                raise
            self.end(call, result, False)
            return result

        return wrapper

    def begin(self, function, names, args, kwargs):
        thread = threading.current_thread().name
        with self.lock:
            key = (function, thread)
            number = self.counts.get(key, 0)
            self.counts[key] = number + 1
            how = pace.depth(number, pace.thinned(self.table.looked))
            if how == pace.NOTHING or self.stopped:
                return None
            call = {"f": function, "t": thread, "n": number, "given": -1, "after": -1}
            if how == pace.WHOLE:
                call["values"] = Given(names, args, kwargs)
                call["given"] = self.picture(call["values"], MOST_GIVEN)
            self.order += 1
            call["at"] = self.order
            return call

    def end(self, call, result, raised):
        if call is None:
            return
        with self.lock:
            values = call.pop("values", None)
            call["result"] = self.picture(result, MOST_RESULT if values else MOST_BRIEF)
            call["raised"] = raised
            if values is not None:
                call["after"] = self.picture(values, MOST_GIVEN)
            self.order += 1
            call["end"] = self.order
            self.calls.append(call)
            if len(self.calls) >= BETWEEN_WRITES:
                self.flush()

    def picture(self, value, most):
        self.local.inside = True
        begin = time.thread_time()
        try:
            return self.table.picture(value, most)
        finally:
            self.local.inside = False
            self.seconds += time.thread_time() - begin
            if self.seconds > MOST_SECONDS and not self.stopped:
                self.stopped = "describing took %d s" % MOST_SECONDS
            if len(self.table.numbers) > MOST_STRUCTURES:
                self.stopped = "%d different structures" % MOST_STRUCTURES

    # The file.

    def flush(self):
        import json

        lines = []
        unwritten, self.table.unwritten = self.table.unwritten, []
        for node in unwritten:
            lines.append(json.dumps(self.table.pending.read(node) if node[0] == "pending" else node))
        calls, self.calls = self.calls, []
        lines.extend(json.dumps(call) for call in calls)
        lines.append(json.dumps({
            "process": process_name(),
            "begun": self.begun,
            "functions": self.functions,
            "counts": [[f, t, n] for (f, t), n in self.counts.items()],
            "stopped": self.stopped,
            "seconds": self.seconds,
            "unread": self.table.pending.unread,
            "remarks": ["%s %s" % (t.text, t.remark or t.reason) for t in self.targets.all
                        if t.text in self.compared and (t.remark or not t.found)],
        }))
        mode = "a" if self.is_open else "w"
        self.is_open = True
        with open(self.base + ".behaviour.jsonl", mode, encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n")

    def write(self, end):
        if any(target.found for target in self.targets.all):
            with self.lock:
                self.flush()


class Given:
    """The arguments of a call, by the names of its parameters."""

    def __init__(self, names, args, kwargs):
        for place, value in enumerate(args):
            setattr(self, names[place] if place < len(names) else "*%d" % place, value)
        for name, value in kwargs.items():
            setattr(self, name, value)


def parameters(code):
    return code.co_varnames[: code.co_argcount]


def nested(code):
    """A function's code with that of the lambdas, comprehensions and functions inside it."""
    yield code
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            for inner in nested(constant):
                yield inner


def process_name():
    rank = record.place()["rank"] or os.environ.get("LOCAL_RANK")
    if rank:
        return "rank %s" % rank
    multiprocessing = sys.modules.get("multiprocessing.process")
    return multiprocessing.current_process().name if multiprocessing else "MainProcess"
