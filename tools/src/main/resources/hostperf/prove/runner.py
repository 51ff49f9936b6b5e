"""Runs before/after pairs: are the results equal, and what does the change gain?

Reads a plan (JSON) from the file named first, or from standard input, and prints JSON.
It needs nothing but the standard library; pairs that need torch or a GPU are skipped, with the
reason, where there is none. The manner is pyperf's: every value comes from a calibrated number
of loops, and the values of one side come from several processes, taken in turns with the other
side's, so that neither a lucky memory layout nor a slow minute decides.

On a GPU a value is the time the *host* is held by the call while the device is busy with
SLEEP_CYCLES cycles of queued work: a call that waits for the device shows that wait.

A pair is three texts: `before` and `after`, Python modules that define the same names, and
`inputs`, a module whose `calls(m)` yields `(function, args)` for either of them. The first call
is the one that is timed, with one set of arguments, so it has to bear repetition.
"""
import json
import os
import subprocess
import sys
import time
import types

SLEEP_CYCLES = 400_000  # about 0.2 ms of a data-centre GPU's clock
# Loops are doubled until one value takes at least this long, or there are that many. Of a GPU's
# calls each is timed by itself and followed by the queued work: a few hundred are enough, and dear.
CALIBRATED_S = {"cpu": 0.02, "cuda": 0.005}
MOST_LOOPS = {"cpu": 1 << 22, "cuda": 1 << 9}
LIMIT_S = 120  # of one worker process


def modules(pair, side):
    """The module under test and the calls to make of it, built afresh."""
    tested, inputs = types.ModuleType("pair"), types.ModuleType("inputs")
    sys.modules["pair"] = tested  # dataclasses look their module up
    sys.modules["inputs"] = inputs
    tested.__dict__["DEVICE"] = inputs.__dict__["DEVICE"] = pair["device"]
    exec(compile(pair[side], side + ".py", "exec"), tested.__dict__)
    exec(compile(pair["inputs"], "inputs.py", "exec"), inputs.__dict__)
    return list(inputs.calls(tested))


def picture(value, seen=None):
    """A comparable picture of a value: types, contents, and which parts are one object."""
    seen = {} if seen is None else seen
    if value is None or isinstance(value, (bool, int, str, bytes, complex, range)):
        return [type(value).__name__, repr(value)]
    if isinstance(value, float):
        return ["float", repr(value)]  # nan equals nan here
    if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType, types.ModuleType)):
        return ["named", getattr(value, "__qualname__", getattr(value, "__name__", ""))]
    if id(value) in seen:
        return ["again", seen[id(value)][0]]
    seen[id(value)] = (len(seen), value)  # held, so that no id is used twice
    kind = type(value).__name__
    if isinstance(value, dict):
        return [kind, [[picture(k, seen), picture(v, seen)] for k, v in value.items()]]
    if isinstance(value, (set, frozenset)):
        return [kind, sorted(json.dumps(picture(v, {})) for v in value)]
    if isinstance(value, (list, tuple)):
        return [kind, [picture(v, seen) for v in value]]
    if hasattr(value, "dtype") and hasattr(value, "tolist"):
        place = str(getattr(getattr(value, "device", None), "type", "host"))
        return [kind, place, str(value.dtype), list(value.shape), repr(value.tolist())]
    if hasattr(value, "__next__"):
        return [kind, [picture(v, seen) for v in value]]
    state = dict(getattr(value, "__dict__", {}))
    for owner in type(value).__mro__:
        for slot in getattr(owner, "__slots__", ()):
            if hasattr(value, slot):
                state[slot] = getattr(value, slot)
    state.pop("_hostperf_cache", None)
    return [kind, [[k, picture(v, seen)] for k, v in sorted(state.items())]]


def outcome(function, args):
    """What a call leaves behind: its result or exception, and its arguments afterwards."""
    seen = {}
    try:
        left = ["returned", picture(function(*args), seen)]
    except (TypeError, AttributeError) as e:  # their words are the interpreter's, not the code's
        left = ["raised", type(e).__name__]
    except Exception as e:  # whatever it raises is part of its behaviour
        left = ["raised", type(e).__name__, str(e)]
    return [left, picture(args, seen)]


def check(pair):
    try:
        return compared(pair)
    except Exception as e:  # the pair itself is broken: it does not compile, or has no calls()
        return {"status": "failed", "detail": "%s: %s" % (type(e).__name__, e)}


def compared(pair):
    before, after = modules(pair, "before"), modules(pair, "after")
    if not before or len(before) != len(after):
        return {"status": "failed", "detail": "calls() gave %d and %d calls" % (len(before), len(after))}
    for n, (b, a) in enumerate(zip(before, after)):
        wanted, got = outcome(*b), outcome(*a)
        if wanted != got:
            return {"status": "different", "detail": "call %d: %s against %s" % (
                n + 1, json.dumps(wanted)[:400], json.dumps(got)[:400])}
    return {"status": "equal", "detail": "%d calls" % len(before)}


def host_loop(function, args, loops):
    start = time.perf_counter()
    for _ in range(loops):
        function(*args)
    return time.perf_counter() - start


def device_loop(function, args, loops):
    import torch
    total = 0.0
    for _ in range(loops):
        torch.cuda._sleep(SLEEP_CYCLES)
        start = time.perf_counter()
        function(*args)
        total += time.perf_counter() - start
        torch.cuda.synchronize()
    return total


def measure(pair, side, loops, values):
    function, args = modules(pair, side)[0]
    timed = device_loop if pair["device"] == "cuda" else host_loop
    timed(function, args, 3)  # imports, caches and the specialising interpreter settle
    if not loops:
        loops = 1
        device = pair["device"]
        while loops < MOST_LOOPS[device] and timed(function, args, loops) < CALIBRATED_S[device]:
            loops *= 2
    timed(function, args, loops)  # warm-up value, as pyperf throws one away
    return {"loops": loops, "values": [timed(function, args, loops) / loops for _ in range(values)]}


def worker(job):
    if job["side"] == "check":
        return [check(pair) for pair in job["pairs"]]
    return measure(job["pair"], job["side"], job["loops"], job["values"])


def spawn(job):
    try:
        done = subprocess.run([sys.executable, os.path.abspath(__file__), "--worker"],
                              input=json.dumps(job), capture_output=True, text=True, timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        return {"status": "failed", "detail": "not done after %d s" % LIMIT_S}
    if done.returncode != 0:
        return {"status": "failed", "detail": done.stderr.strip().split("\n")[-1][:400]}
    return json.loads(done.stdout)


def checked(pairs):
    """Whether each pair gives equal results: in one process, or one for each if that one dies."""
    found = spawn({"side": "check", "pairs": pairs})
    if isinstance(found, list):
        return found
    return [found] if len(pairs) == 1 else [checked([pair])[0] for pair in pairs]


def placed(pair, plan):
    return {**pair, "device": plan["device"] if pair["needs"] != "python" else "cpu"}


def missing(pair, plan, here):
    """Why the pair does not run here; empty where it does."""
    if pair["needs"] == "python" and plan["device"] == "cuda":
        return "it uses no tensor, so a GPU is no matter: prove without --device"
    if pair["needs"] == "cuda" and plan["device"] != "cuda":
        return "its gain shows on a GPU only: prove --device cuda"
    if pair["needs"] != "python" and not here["torch"]:
        return "this Python has no torch"
    if plan["device"] == "cuda" and pair["needs"] != "python" and not here["gpu"]:
        return "torch sees no GPU here"
    return ""


def prove(pair, plan, here):
    result = {"id": pair["id"], "needs": pair["needs"], "before_s": [], "after_s": []}
    if missing(pair, plan, here):
        return {**result, "status": "skipped", "detail": missing(pair, plan, here)}
    result.update(pair.get("checked") or checked([pair])[0])
    if result["status"] != "equal" or not plan["processes"]:
        return result
    loops = {}
    for _ in range(plan["processes"]):
        for side in ("before", "after"):
            got = spawn({"side": side, "pair": pair, "loops": loops.get(side, 0), "values": plan["values"]})
            if "values" not in got:
                return {**result, **got}
            loops[side] = got["loops"]
            result[side + "_s"] += got["values"]
    return result


def surroundings():
    """Which interpreter, torch and GPU this is; torch is asked in a process of its own."""
    code = ("import torch; print(torch.__version__); "
            "print(torch.cuda.get_device_name(0) if torch.cuda.is_available() else '')")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    lines = done.stdout.split("\n") if done.returncode == 0 else ["", ""]
    return {"python": "%s %s" % (sys.implementation.name, sys.version.split()[0]),
            "torch": lines[0], "gpu": lines[1]}


def main():
    if sys.argv[1:] == ["--worker"]:
        print(json.dumps(worker(json.load(sys.stdin))))
        return
    with open(sys.argv[1]) if len(sys.argv) > 1 else sys.stdin as source:
        plan = json.load(source)
    here = surroundings()
    pairs = [placed(pair, plan) for pair in plan["pairs"]]
    able = [pair for pair in pairs if not missing(pair, plan, here)]
    for pair, found in zip(able, checked(able) if able else []):
        pair["checked"] = found
    print(json.dumps({**here, "pairs": [prove(pair, plan, here) for pair in pairs]}))


main()
