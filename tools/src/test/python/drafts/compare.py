"""Runs both versions of each function on the same arguments; prints where they differ."""
import json
import logging
import re
import signal
import sys

ROUNDS = 4
PRELUDE = """
def _gen(n):
    for i in range(n):
        LOG.append("yield")
        yield i
"""


class Endless(BaseException):
    """A list that grows while it is walked."""


def give_up(*_):
    raise Endless


signal.signal(signal.SIGALRM, give_up)


class Keep(logging.Handler):
    def __init__(self, log):
        super().__init__()
        self.log = log

    def emit(self, record):
        self.log.append("log " + re.sub(r" at 0x\w+", "", record.getMessage()))


def argument(m, kind, turn, made):
    n = turn + 2
    if kind == "Item":
        kinds = [m["Item"]] + [m[k] for k in ("Child", "Counted") if k in m]
        return kinds[turn % len(kinds)](n)
    if kind == "alias":
        first = [x for x in made if isinstance(x, m["Item"])]
        return first[0] if first and turn % 2 else m["Item"](n)
    if kind == "int":
        return turn
    if kind == "str":
        return "ab" * n
    if kind == "list":
        return [1, 2, 3, 2][: turn + 1]
    if kind == "items":
        return [m["Item"](i) for i in range(n)]
    if kind == "lists":
        return [[1], [2, 3], []][: turn + 1]
    if kind == "dict":
        return {1: 2, 2: 5, 3: 1}
    # Not annotated: anything.
    open_kinds = [k for k in ("Open", "Queue", "Feed", "Same", "Shown", "File") if k in m]
    values = [lambda: m["Item"](n), lambda: [1, 2, 3], lambda: m["_gen"](4), lambda: iter([1, 2, 3])]
    values += [lambda k=k: m[k](n) for k in open_kinds]
    values += values[-len(open_kinds):] if open_kinds else []
    return values[(turn * 7 + len(made) * 3) % len(values)]()


def shown(value, depth=0):
    if depth > 4:
        return "…"
    if isinstance(value, (int, float, str, bool, type(None))):
        return repr(value)
    if isinstance(value, (list, tuple)):
        return type(value).__name__ + str([shown(v, depth + 1) for v in value])
    if isinstance(value, (set, frozenset)):
        return "set" + str(sorted(shown(v, depth + 1) for v in value))
    if isinstance(value, dict):
        return str([(shown(k, depth + 1), shown(v, depth + 1)) for k, v in value.items()])
    name = type(value).__name__
    if hasattr(type(value), "__next__"):
        try:
            rest = [shown(next(value), depth + 1) for _ in range(8)]
        except StopIteration:
            rest = []
        except Exception as e:
            rest = [type(e).__name__]
        return name + str(rest) + str(len(rest))
    state = {k: shown(v, depth + 1) for k, v in sorted(vars(value).items())} if hasattr(value, "__dict__") else {}
    return name + str(state)


def run(source, kinds):
    m = {"__name__": "case"}
    exec(compile(source + PRELUDE, "case.py", "exec"), m)
    seen = []
    for turn in range(ROUNDS):
        m["LOG"].clear()
        m["COUNTER"][0] = 0
        m["logger"].handlers = [Keep(m["LOG"])]
        m["logger"].propagate = False
        m["logger"].setLevel(logging.DEBUG if turn % 2 else logging.WARNING)
        made = []
        for kind in kinds:
            made.append(argument(m, kind, turn, made))
        m["LOG"].clear()
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        try:
            result = m["f"](*made)
            signal.setitimer(signal.ITIMER_REAL, 0)
            effects = list(m["LOG"])
            out = ["result", shown(result)]
        except Endless:
            seen.append("endless")
            continue
        except Exception as e:
            signal.setitimer(signal.ITIMER_REAL, 0)
            effects = list(m["LOG"])
            out = ["raised", type(e).__name__]
        seen.append(out + [effects] + [shown(a) for a in made] + [shown(m["SHARED"])])
    return seen


def main():
    failures = []
    ran = 0
    with open(sys.argv[1]) as f:
        cases = json.load(f)
    for case in cases:
        before = run(case["before"], case["kinds"])
        try:
            after = run(case["after"], case["kinds"])
        except Exception as e:  # does not even compile
            after = [repr(e)]
        ran += 1
        if case["stated"]:
            # The option says so, and that it is not seen: what is looked up is in the list, making
            # the text for the log has no effect, an exception neither.
            pairs = [p for p in zip(before, after) if p[0][0] != "raised"]
            before, after = [b for b, _ in pairs], [a for _, a in pairs]
        if before != after:
            turn = next((i for i, (a, b) in enumerate(zip(before, after)) if a != b), 0)
            failures.append({"id": case["id"], "before": str(before[turn])[:600], "after": str(after[min(turn, len(after) - 1)])[:600]})
    json.dump({"ran": ran, "failures": failures}, sys.stdout)


main()
