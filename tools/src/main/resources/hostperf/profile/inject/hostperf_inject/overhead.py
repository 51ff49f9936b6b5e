"""What line_profiler itself costs, measured in this process, and taken off its times.

It costs a little at each line it counts and more at each call of a profiled function. A line that
calls one has the cost of all that ran within the call in its time, so calls are counted by the line
they come from, and each call is charged with the mean cost of one.
"""
import sys
import time

from . import wrappers

LINES = 500
CALLS = 200
ROUNDS = 15


def straight(n):
    i = 0
    while i < n:
        i += 1
        i += 0
        i += 0
        i += 0
        i += 0
    return i


def callee():
    pass


def caller(function, n):
    i = 0
    while i < n:
        function()
        i += 1


class Overhead:
    """`line` and `call` in seconds; `edges` counts calls by (caller's code, its line, callee)."""

    def __init__(self):
        self.line = 0.0
        self.call = 0.0
        self.edges = {}

    def around(self, function, code, profiler):
        """The profiler as the wrappers take it, counting the calls of this function."""
        return wrappers.around(function, Counted(profiler, code, self.edges))

    def forget(self):
        self.edges.clear()

    def calibrate(self):
        from line_profiler import LineProfiler

        profiler = LineProfiler()
        profiler.add_function(straight)
        profiler.add_function(caller)
        profiler.add_function(callee)
        lines = wrappers.around(straight, profiler)
        outer = wrappers.around(caller, profiler)
        inner = Overhead().around(callee, callee.__code__, profiler)
        plain = median([timed(straight, LINES) for _ in range(ROUNDS)])
        plain_calls = median([timed(caller, callee, CALLS) for _ in range(ROUNDS)])
        costs = []
        for _ in range(ROUNDS):
            hits, seconds = counted(profiler, straight, lines, LINES)
            costs.append((seconds - plain) / hits)
        self.line = max(0.0, median(costs))
        costs = []
        for _ in range(ROUNDS):
            hits, seconds = counted(profiler, caller, outer, inner, CALLS)
            # Its own lines and the callee's one are not the call's.
            costs.append((seconds - plain_calls - (hits + CALLS) * self.line) / CALLS)
        self.call = max(0.0, median(costs))

    def corrected(self, hits, unit):
        """`{(file, line, name): {line: (hits, time)}}` with the cost taken off, and the lines of
        which more than half was cost."""
        within = Within(self, hits)
        mostly = []
        answer = {}
        for key, lines in hits.items():
            answer[key] = {}
            for number, (count, ticks) in lines.items():
                cost = (count * self.line + within.of_line(key, number)) / unit
                rest = max(0, int(round(ticks - cost)))
                answer[key][number] = (count, rest)
                if cost > rest:
                    mostly.append((key, number))
        return answer, mostly


class Counted:
    def __init__(self, profiler, code, edges):
        self.enable = profiler.enable_by_count
        self.disable_by_count = profiler.disable_by_count
        self.callee = (code.co_filename, code.co_firstlineno)
        self.edges = edges

    def enable_by_count(self):
        frame = sys._getframe(2)
        code = frame.f_code
        edge = (code.co_filename, code.co_firstlineno, frame.f_lineno, self.callee)
        self.edges[edge] = self.edges.get(edge, 0) + 1
        self.enable()


class Within:
    """The mean cost within a call of each profiled function, and of the calls that a line makes."""

    def __init__(self, overhead, hits):
        self.overhead = overhead
        self.lines = {}
        self.calls = {}
        for (file, line, _), lines in hits.items():
            self.lines[(file, line)] = sum(count for count, _ in lines.values())
        self.by_line = {}
        self.by_caller = {}
        for (file, line, number, callee), count in overhead.edges.items():
            self.calls[callee] = self.calls.get(callee, 0) + count
            self.by_line.setdefault((file, line, number), []).append((callee, count))
            self.by_caller.setdefault((file, line), []).append((callee, count))
        self.known = {}

    def of_line(self, key, number):
        return sum(count * self.of_call(callee)
                   for callee, count in self.by_line.get((key[0], key[1], number), ()))

    def of_call(self, function):
        if function in self.known:
            return self.known[function]
        self.known[function] = self.overhead.call  # of a call within itself, no more
        calls = self.calls.get(function, 0)
        inner = self.lines.get(function, 0) * self.overhead.line + sum(
            count * self.of_call(callee) for callee, count in self.by_caller.get(function, ()))
        self.known[function] = self.overhead.call + (inner / calls if calls else 0.0)
        return self.known[function]


def timed(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def median(values):
    return sorted(values)[len(values) // 2]


def counted(profiler, function, wrapper, *arguments):
    """(hits, seconds) of one call, as the profiler has them."""
    before = sums(profiler, function)
    wrapper(*arguments)
    after = sums(profiler, function)
    return after[0] - before[0], after[1] - before[1]


def sums(profiler, function):
    """(hits, seconds) of a function so far."""
    stats = profiler.get_stats()
    wanted = (function.__code__.co_filename, function.__code__.co_firstlineno)
    for (file, line, _), lines in stats.timings.items():
        if (file, line) == wanted:
            return sum(h for _, h, _ in lines), sum(t for _, _, t in lines) * stats.unit
    return 0, 0.0

