"""RANKS SECONDS: writes what the injected code of so many ranks would leave after so long, and runs
nothing. Each has 200 samples a second of two threads, 20 frames deep, and 300 facts; rank 2 is late."""
import json
import os
import random
import sys

ranks, seconds = int(sys.argv[1]), float(sys.argv[2])
engine = os.path.join(os.path.dirname(os.path.abspath(__file__)), "engine.py")
depth = ["/usr/lib/engine/outer_%d.py" % i for i in range(14)]
frames = [{"name": "outer_%d" % i, "file": file, "line": 10 + i} for i, file in enumerate(depth)]
step = len(frames)
frames += [{"name": "step", "file": engine, "line": line} for line in (19, 21, 22)]
prepare = len(frames)
frames.append({"name": "prepare", "file": engine, "line": 10})
extra = len(frames)
frames.append({"name": "extra", "file": engine, "line": 15})
meet = len(frames)
frames += [{"name": "meet_%d" % i, "file": "/usr/lib/python3/meet.py", "line": 5 + i} for i in range(4)]
leaves = len(frames)
frames += [{"name": "leaf", "file": "/usr/lib/engine/leaf.py", "line": i} for i in range(1, 301)]
above = list(range(len(depth)))


def place(rank):
    here = {"pid": 10000 + rank, "rank": str(rank), "ranks": str(ranks), "local_rank": str(rank % 8)}
    return {**here, "node": "n%d" % (rank // 8)}


def samples(prefix, rank):
    chance = random.Random(rank)
    late = 0.5 if rank == 2 else 0
    count = int(seconds * 200)
    stacks = []
    for _ in range(count):
        x = chance.random()
        if x < 0.3:
            stacks.append(above + [step, prepare, leaves + chance.randrange(300)])
        elif x < 0.3 + late:
            stacks.append(above + [step + 1, extra])
        else:
            stacks.append(above + [step + 2] + list(range(meet, meet + 4)))
    idle = [above + [leaves]] * count
    weights = [0.005] * count
    tracks = [("MainThread", stacks), ("poller", idle)]
    profiles = [
        {"type": "sampled", "unit": "seconds", "startValue": 0, "endValue": seconds, "samples": s,
         "weights": weights, "name": 'Process %d Thread %d "%s"' % (10000 + rank, number, name)}
        for number, (name, s) in enumerate(tracks)
    ]
    pid = "%s.%d" % (prefix, 10000 + rank)
    with open(pid + ".inside.json", "w") as out:
        json.dump({"shared": {"frames": frames}, "profiles": profiles}, out, separators=(",", ":"))
    with open(pid + ".process.json", "w") as out:
        json.dump({**place(rank), "command": ["python3", "serve.py"]}, out)
    with open(pid + ".modules.json", "w") as out:
        json.dump({engine: "engine", **{file: "outer" for file in depth}}, out)


def lines(prefix, rank):
    pid = "%s.%d" % (prefix, 10000 + rank)
    steps = int(seconds * 100)
    with open(pid + ".txt", "w") as out:
        out.write("Timer unit: 1e-09 s\n\n")
        for name, first, count in (("step", 18, 6), ("prepare", 9, 2), ("extra", 12, 5)):
            out.write("Total time: 1 s\nFile: %s\nFunction: Engine.%s at line %d\n\n" % (engine, name, first))
            out.write("Line #      Hits         Time  Per Hit   % Time  Line Contents\n" + "=" * 62 + "\n")
            out.write("%6d                                           def %s(self):\n" % (first, name))
            for line in range(first + 1, first + count):
                out.write("%6d  %9d  1000000.0   1000.0     10.0  x\n" % (line, steps))
            out.write("\n")
    with open(pid + ".json", "w") as out:
        json.dump({**place(rank), "command": ["python3"], "state": "ended", "targets": {}, "twins": {},
                   "modules": {engine: "engine"}}, out)


def facts(prefix, rank):
    steps = int(seconds * 100)
    took = {"steps": steps, "microseconds": steps * 10000}
    waited = 100 if rank == 2 else 5000
    rows = [{"kind": "wait", "file": engine, "line": 22, "function": "Engine.step", "detail": "Barrier.wait",
             "count": steps, "microseconds": steps * waited, "bytes": 0}]
    rows += [{"kind": "serialise", "file": engine, "line": 10, "function": "Engine.prepare",
              "detail": "kind %d" % i, "count": steps, "microseconds": 100 * steps, "bytes": 1000}
             for i in range(299)]
    with open("%s.%d.facts.json" % (prefix, 10000 + rank), "w") as out:
        json.dump({**place(rank), "found": True, "reason": "", "alone": {"steps": 0, "microseconds": 0},
                   "watched": took, "closely": {"steps": 0, "microseconds": 0}, "kinds_closely": [],
                   "kinds_alone": ["gc_pause"], "collectors": {"waits": ""}, "remarks": [], "facts": rows}, out)


for variable, write in (("SAMPLES", samples), ("PREFIX", lines), ("FACTS", facts)):
    prefix = os.environ.get("TLLM_HOSTPERF_" + variable)
    if prefix:
        for rank in range(ranks):
            write(prefix, rank)
