"""The profiler of this process, and the two files it leaves."""
import os
import sys

from . import branches, overhead, steps, wrappers

STANDARD = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
TIMER_TITLE = "\n=== Function Timer Results (mypyc-compatible) ===\nTimer unit: 1 ns\n\n"
TIMER_COLUMNS = "%12s  %12s  %10s  %10s  %10s  %10s  %s\n"


def process_number():
    """Of this process. On the nodes of a launch numbers repeat, so each node begins its own range;
    Linux has numbers up to 4,194,304."""
    return os.getpid() + 10000000 * node_number()


def node_number():
    """As Slurm numbers it. Elsewhere 0 on the machine that launched, and by its name on others."""
    number = os.environ.get("TLLM_HOSTPERF_NODE", "")
    if number.isdigit():
        return int(number)
    name = os.uname().nodename
    if os.environ.get("TLLM_HOSTPERF_HOST", name) == name:
        return 0
    hashed = 0
    for letter in name:
        hashed = (hashed * 31 + ord(letter)) % 899999
    return 1 + hashed


# What launchers call rank, number of ranks, and rank within the node. A launcher inside a job of Slurm
# knows better than the job.
LAUNCHERS = (
    ("RANK", "WORLD_SIZE", "LOCAL_RANK"),
    ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK"),
    ("SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID"),
    ("PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID"),
    ("PMIX_RANK", "", ""),
)


def place():
    """This process among the ranks, as its launcher numbered them; empty where none did."""
    of = next((names for names in LAUNCHERS if os.environ.get(names[0])), ("", "", ""))
    rank, ranks, local = [os.environ.get(name, "") for name in of]
    return {
        "pid": process_number(),
        "rank": rank,
        "ranks": ranks,
        "local_rank": local,
        "node": os.environ.get("SLURMD_NODENAME") or os.uname().nodename,
    }


class Timer:
    def __init__(self, name):
        self.name = name
        self.calls = self.total = self.most = self.exceptions = 0
        self.least = None

    def add(self, ns):
        self.calls += 1
        self.total += ns
        self.most = max(self.most, ns)
        self.least = ns if self.least is None else min(self.least, ns)

    def row(self):
        average = self.total / self.calls / 1e3
        times = [self.total / 1e6, average, (self.least or 0) / 1e3, self.most / 1e3]
        texts = ["%.3f" % time for time in times]
        return TIMER_COLUMNS % tuple([self.calls] + texts + [self.exceptions, self.name])


class Recorder:
    def __init__(self, prefix, targets, root):
        self.prefix = os.path.abspath(prefix)
        self.targets = targets
        self.marks = []
        self.profiler = None
        self.error = None
        self.names = {}
        self.timers = {}
        self.twins = {}
        self.overhead = overhead.Overhead()
        self.steps = steps.Steps(root)
        self.mostly = []
        self.forget()

    def forget(self):
        """In a forked child, what the parent has measured so far is the parent's."""
        self.base = os.path.join("%s.%d" % (self.prefix, process_number()))
        number = 1
        while os.path.exists(self.base + ".json"):
            number += 1
            self.base = "%s.%d-%d" % (self.prefix, process_number(), number)
        self.before = {} if self.profiler is None else self.hits()
        self.overhead.forget()
        self.steps.forget()
        for timer in self.timers.values():
            timer.__init__(timer.name)
        if self.names or self.timers:
            self.note("running")

    def mark(self, number):
        target, name, keeps = self.marks[number]

        def apply(function):
            if keeps:
                self.register(function, target, name)
                target.remark = "is compiled: seen only where its Python code runs"
                return function
            return wrappers.wrapped(function, target, name, self)

        return apply

    def register(self, function, target, name):
        if self.profiler is None and self.error is None:
            try:
                from line_profiler import LineProfiler

                self.profiler = LineProfiler()
                self.overhead.calibrate()
            except Exception as e:
                self.error = (
                    "%s cannot import line_profiler (%s); `%s -m pip install line_profiler` installs it"
                    " (Debian: `apt-get install python3-line-profiler`)"
                    % (sys.executable, e, sys.executable)
                )
        if self.profiler is None:
            target.fail(self.error)
            return False
        try:
            self.tell_apart(function)
            self.profiler.add_function(function)
        except Exception as e:
            target.fail("line_profiler takes no `%s`: %r" % (name, e))
            return False
        code = function.__code__
        self.found(target, name, os.path.abspath(code.co_filename), code.co_firstlineno)
        self.names[(code.co_filename, code.co_firstlineno)] = name
        return True

    def around(self, function, target):
        code = wrappers.innermost(function).__code__
        is_root = target.text == self.steps.root
        profiler = self.steps.around(self.profiler) if is_root else self.profiler
        return self.overhead.around(function, code, profiler)

    def tell_apart(self, function):
        """line_profiler knows functions by their bytecode, and pads a twin to tell it apart. Up to
        4.0.2 it does so by single bytes, of which an odd number is refused ("co_code is
        malformed"), so here it is done before; since 5.0 it keeps books of its own on it."""
        twins = getattr(self.profiler, "dupes_map", None)
        if twins is None or hasattr(self.profiler, "_all_paddings"):
            return
        import opcode

        code = function.__code__
        padded = code.co_code
        while padded in twins:
            padded += bytes([opcode.opmap["NOP"], 0])
        if padded != code.co_code:
            function.__code__ = code.replace(co_code=padded)

    def timer(self, name, target, kind):
        self.found(target, name, "", 0)
        target.remark = "has no Python code object (%s): timed as a whole" % kind
        return self.timers.setdefault(name, Timer(name))

    def found(self, target, name, file, line):
        target.found.append({"name": name, "file": file, "line": line})
        if len(self.names) + len(self.timers) == 0:
            self.note("running")

    def note_twin(self, module, named):
        origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
        stem = os.path.join(os.path.dirname(origin), os.path.basename(origin).split(".")[0])
        if named and origin.endswith((".so", ".pyd")) and os.path.exists(stem + ".py"):
            self.twins[stem + ".py"] = origin

    def hits(self):
        """{(file, line, name): {line: (hits, time)}}"""
        timings = self.profiler.get_stats().timings
        whole = branches.hits(self.profiler)
        return {
            key: {n: (max(h, whole.get((key[0], key[1], n), 0)), t) for n, h, t in lines}
            for key, lines in timings.items()
        }

    def measured(self):
        """The timings of this process alone, under qualified names and absolute paths."""
        rest = {}
        for key, lines in self.hits().items():
            before = self.before.get(key, {})
            for number, (hits, time) in sorted(lines.items()):
                old_hits, old_time = before.get(number, (0, 0))
                if hits > old_hits:
                    rest.setdefault(key, {})[number] = (hits - old_hits, time - old_time)
        corrected, self.mostly = self.overhead.corrected(rest, self.profiler.get_stats().unit)
        measured = {}
        for (file, line, name), lines in corrected.items():
            key = (os.path.abspath(file), line, self.names.get((file, line), name))
            measured[key] = [(number, hits, time) for number, (hits, time) in lines.items()]
        return measured

    def write(self, end):
        measured = {} if self.profiler is None else self.measured()
        ran = {(file, line) for file, line, _ in measured}
        timers = sorted((t for t in self.timers.values() if t.calls), key=lambda t: -t.total)
        report = self.base + ".txt"
        if measured or timers:
            with atomic(report) as stream:
                if measured:
                    from line_profiler.line_profiler import show_text

                    show_text(measured, self.profiler.get_stats().unit, stream=stream)
                if timers:
                    stream.write(TIMER_TITLE)
                    stream.write(TIMER_COLUMNS % (
                        "Total calls", "Total (ms)", "Avg (\u03bcs)", "Min (\u03bcs)",
                        "Max (\u03bcs)", "Exceptions", "Function"))
                    stream.writelines(timer.row() for timer in timers)
        ran_timers = {timer.name for timer in timers}
        self.note("ended", end, ran, ran_timers)

    def note(self, state, end="", ran=frozenset(), ran_timers=frozenset()):
        targets = {}
        for target in self.targets.all:
            hit = any(
                (f["file"], f["line"]) in ran or f["name"] in ran_timers for f in target.found)
            targets[target.text] = {
                "found": target.found,
                "ran": hit,
                "reason": "" if target.found else self.error or target.reason,
                "remark": target.remark,
            }
        content = {
            **place(),
            # Arguments may hold secrets.
            "command": [sys.executable or "python", (getattr(sys, "argv", None) or [""])[0]],
            "python": "%d.%d.%d" % sys.version_info[:3],
            "state": state,
            "end": end,
            "report": bool(ran or ran_timers),
            "targets": targets,
            "twins": self.twins,
            "overhead": {
                "line_ns": int(self.overhead.line * 1e9),
                "call_ns": int(self.overhead.call * 1e9),
                "mostly": [
                    {"file": os.path.abspath(file), "function": self.names.get((file, first), name),
                     "line": number}
                    for (file, first, name), number in self.mostly
                ],
            },
            "root": self.steps.measured(),
            "modules": own_modules(),
        }
        with atomic(self.base + ".json") as stream:
            stream.write(as_json(content))


def own_modules():
    """Names by file, as this interpreter has them, of what is not part of an installation. What runs
    as a script is `__main__` everywhere, so it is left out."""
    names = {}
    for name, module in list(sys.modules.items()):
        try:
            file = getattr(module, "__file__", None)
        except Exception:
            continue
        if not isinstance(file, str) or not file.endswith(".py") or name in ("__main__", "__mp_main__"):
            continue
        file = os.path.abspath(file)
        parts = file.split(os.sep)
        installed = "site-packages" in parts or "dist-packages" in parts
        standard = file.startswith(STANDARD) or "hostperf_inject" in parts
        if not installed and not standard:
            names.setdefault(file, name)
    return names


def as_json(value):
    """Of dicts, lists, texts, numbers and booleans. The json module may be the one being imported."""
    if isinstance(value, dict):
        return "{%s}" % ",".join("%s:%s" % (as_json(k), as_json(v)) for k, v in value.items())
    if isinstance(value, list):
        return "[%s]" % ",".join(as_json(v) for v in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    plain = lambda c: c not in '"\\' and 31 < ord(c) < 0xD800
    return '"%s"' % "".join(c if plain(c) else "\\u%04x" % min(ord(c), 0xFFFD) for c in value)


class atomic:
    """A file that is there whole or not at all."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.stream = open(self.path + ".part", "w", encoding="utf-8", errors="replace")
        return self.stream

    def __exit__(self, kind, value, trace):
        self.stream.close()
        if kind is None:
            os.replace(self.path + ".part", self.path)
        else:
            os.unlink(self.path + ".part")
